"""A concurrent future keeps its callbacks when they were called, and with them the task that it was to have the result of."""
async def waits():
    await asyncio.sleep(5)

def ask(loop):
    future = asyncio.run_coroutine_threadsafe(waits(), loop)
    try:
        future.result(2)
    except TimeoutError as error:
        print(repr(error), future.cancel())
        print('still there')
    future = None
    print('gone')

async def main():
    thread = threading.Thread(target=ask, args=(loop,))
    thread.start()
    await asyncio.sleep(0.5)

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
print('closed')
