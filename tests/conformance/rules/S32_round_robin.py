"""Ready tasks take turns in the order of their queueing."""
async def turns(name, count):
    for i in range(count):
        print(name, i)
        await asyncio.sleep(0)

async def main():
    tasks = []
    for name in ['a', 'b', 'c']:
        tasks.append(asyncio.create_task(turns(name, 3)))
        await asyncio.sleep(0)
    for task in tasks:
        await task

asyncio.run(main())
