"""asyncio.run tells the exception handler of tasks that fail while it cancels them."""
async def fails():
    try:
        await asyncio.sleep(10)
    finally:
        raise ValueError('at the end')

async def main():
    task = asyncio.create_task(fails(), name='F')
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context['message'], context['task']))
    await asyncio.sleep(0)
    print('main is over')

async def unheard():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0)

asyncio.run(main())
asyncio.run(unheard())
