"""A thread gives up on a coroutine whose loop is closed by then: cancelling it cannot reach the loop."""
def ask(loop, coroutine):
    future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    try:
        print(future.result(5))
    except BaseException as error:
        print('failed', repr(error), future.cancel())

async def never():
    await asyncio.get_running_loop().create_future()

def complain(future):
    raise ValueError('late')

async def main():
    loop = asyncio.get_running_loop()
    threading.Thread(target=ask, args=(loop, never())).start()
    await asyncio.sleep(1)

loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
with concurrent.futures.ThreadPoolExecutor(1) as pool:
    future = pool.submit(time.sleep, 1)
    future.add_done_callback(complain)
    print(future.result())
