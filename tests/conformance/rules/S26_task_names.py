"""Names come from one counter, and are used up even when a name is given afterwards."""
async def name():
    print(asyncio.current_task().get_name())

async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(name()), asyncio.create_task(name(), name='given'), asyncio.create_task(name())]
    tasks.append(loop.create_task(name(), name='at once'))
    tasks.append(loop.create_task(name()))
    tasks[0].set_name('renamed')
    print('created')
    for task in tasks:
        await task
    print(len(asyncio.all_tasks()))

asyncio.run(main())
asyncio.run(name())
