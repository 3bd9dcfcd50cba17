"""Handles, futures and tasks show what they wait for, who waits for them, and where they stand."""
async def child(delay):
    await asyncio.sleep(delay)
    return delay

async def nested():
    await child(1)

def callback(*args):
    pass

async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(child(1), name='A')
    print(task)
    await asyncio.sleep(0)
    print(task)
    task.add_done_callback(callback)
    print(task)
    task.add_done_callback(print)
    task.add_done_callback(callback)
    print(task)
    outer = asyncio.create_task(nested(), name='N')
    sleeper = asyncio.create_task(asyncio.sleep(2), name='S')
    print(sleeper)
    await asyncio.sleep(0)
    print(outer, sleeper)
    group = asyncio.gather(task, outer, sleeper)
    print(group, outer)
    print(asyncio.current_task())
    print(loop.call_soon(callback, 1, 'x'), loop.call_later(2, functools.partial(callback, 1), 2))
    handle = loop.call_soon(loop.stop)
    handle.cancel()
    print(handle)
    sleeper.cancel()
    print(sleeper)
    try:
        await group
    except asyncio.CancelledError:
        print(group, sleeper)
    await task
    print(task)
    future = loop.create_future()
    print(future)
    future.add_done_callback(lambda f: print('called', f))
    print(future)
    future.set_result('a' * 100)
    print(future)
    await asyncio.sleep(0)
    failed = loop.create_future()
    failed.set_exception(ValueError('no'))
    print(failed, repr(failed.exception()))

asyncio.run(main())
