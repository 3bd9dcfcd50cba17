"""wait_for: the result, timeouts, cancellation from both sides, ends in the iteration of the timeout."""
async def nop():
    return 'nop'

async def sleeper(name, delay, swallow=0):
    while True:
        try:
            await asyncio.sleep(delay)
            print(name, 'slept')
            return name
        except asyncio.CancelledError as e:
            print(name, repr(e))
            if swallow == 0:
                raise
            swallow -= 1

async def stubborn(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
        raise ValueError(name)

async def bad():
    await asyncio.sleep(0)
    raise KeyError('bad')

async def show(name, coro):
    try:
        result = await coro
        print(name, 'result', result)
    except BaseException as e:
        print(name, repr(e), repr(e.__cause__))

async def canceller(task, delay, times=1):
    await asyncio.sleep(delay)
    for i in range(times):
        print('cancel', task.cancel('msg'))
        await asyncio.sleep(0)

async def main():
    loop = asyncio.get_running_loop()
    await show('nop', asyncio.wait_for(nop(), 1))
    await show('none', asyncio.wait_for(nop(), None))
    await show('sleep none', asyncio.wait_for(sleeper('s', 1), None))
    await show('zero', asyncio.wait_for(nop(), 0))
    await show('negative', asyncio.wait_for(sleeper('neg', 1), -1))
    await show('timeout', asyncio.wait_for(sleeper('a', 2), 1))
    await show('in time', asyncio.wait_for(sleeper('b', 1), 2))
    await show('swallows', asyncio.wait_for(sleeper('c', 2, 1), 1))
    await show('stubborn', asyncio.wait_for(stubborn('d'), 1))
    await show('raises', asyncio.wait_for(bad(), 1))
    await show('equal', asyncio.wait_for(sleeper('e', 1), 1))
    task = asyncio.create_task(sleeper('f', 1))
    await show('task equal', asyncio.wait_for(task, 1))
    task = asyncio.create_task(sleeper('g', 1))
    await asyncio.sleep(0)
    await show('task first', asyncio.wait_for(task, 1))
    done = loop.create_future()
    done.set_result(5)
    await show('done', asyncio.wait_for(done, 1))
    await show('done zero', asyncio.wait_for(done, 0))
    pending = loop.create_future()
    await show('future', asyncio.wait_for(pending, 1))
    print(pending.cancelled())
    future = loop.create_future()
    loop.call_later(1, future.set_result, 'set')
    await show('future equal', asyncio.wait_for(future, 1))
    future = loop.create_future()
    loop.call_soon(future.cancel)
    await show('cancelled future', asyncio.wait_for(future, 1))
    for delay in [0, 0.5, 1]:
        waiter = asyncio.create_task(show('waiter', asyncio.wait_for(sleeper('h', 1), 2)))
        await canceller(waiter, delay)
        await show('join', waiter)
    waiter = asyncio.create_task(show('waiter', asyncio.wait_for(stubborn('i'), 2)))
    await canceller(waiter, 0.5, 3)
    await show('join', waiter)
    waiter = asyncio.create_task(show('waiter', asyncio.wait_for(sleeper('j', 5, 1), 1)))
    await canceller(waiter, 1, 2)
    await show('join', waiter)
    inner = asyncio.create_task(sleeper('k', 3))
    asyncio.create_task(canceller(inner, 1))
    await show('inner cancelled', asyncio.wait_for(inner, 2))
    nested = asyncio.wait_for(asyncio.wait_for(sleeper('l', 5), 1), 1)
    await show('nested', nested)
    await show('nested outer', asyncio.wait_for(asyncio.wait_for(sleeper('m', 5), 2), 1))
    await show('bad', asyncio.wait_for(3, 1))
    await show('bad none', asyncio.wait_for(3, None))
    await show('bad timeout', asyncio.wait_for(done, 'soon'))
    await asyncio.sleep(2)
    await show('shielded', asyncio.wait_for(asyncio.shield(asyncio.create_task(sleeper('n', 2))), 1))
    await asyncio.sleep(2)

asyncio.run(main())
