"""Done-callbacks are queued in order of registration; a waiter's wake-up is one of them."""
def first(future):
    print('first', future.result())

def second(future):
    print('second', future.result())

def late(future):
    print('late', future.result())

async def waits(name, future):
    value = await future
    print(name, 'has', value)

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(first)
    a = asyncio.create_task(waits('a', future))
    await asyncio.sleep(0)
    future.add_done_callback(second)
    future.add_done_callback(second)
    future.add_done_callback(first)
    print(future.remove_done_callback(first))
    b = asyncio.create_task(waits('b', future))
    await asyncio.sleep(0)
    future.set_result('it')
    loop.call_soon(print, 'soon')
    future.add_done_callback(late)
    await a
    await b
    print('awaiting what is done:', is_done(future))

def is_done(future):
    return future.done()

asyncio.run(main())
