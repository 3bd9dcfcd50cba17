"""What an error out of each of asyncio's helpers keeps alive: CPython's frames, and circles of them."""
def gone(name):
    try:
        yield name
    finally:
        print(name, 'gone')

def mark(name):
    numbers = gone(name)
    next(numbers)
    return numbers

async def bad(n=0):
    x = mark('bad')
    await asyncio.sleep(n)
    raise ValueError(n)

async def by_wait_for():
    x = mark('wait_for')
    try:
        await asyncio.wait_for(bad(), 1)
    except ValueError as e:
        print(repr(e))

async def by_wait_for_timeout():
    x = mark('wait_for timeout')
    try:
        await asyncio.wait_for(bad(2), 1)
    except TimeoutError as e:
        print(repr(e))

async def by_wait_for_task():
    x = mark('wait_for task')
    try:
        await asyncio.wait_for(asyncio.create_task(bad()), 1)
    except ValueError as e:
        print(repr(e))

async def by_group():
    x = mark('group')
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(bad())
    except Exception as e:
        print(repr(e))

async def by_group_body():
    x = mark('group body')
    try:
        async with asyncio.TaskGroup() as tg:
            raise KeyError(1)
    except Exception as e:
        print(repr(e))

async def by_group_cancelled():
    x = mark('group cancelled')
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(asyncio.sleep(1))
            asyncio.current_task().cancel()
            await asyncio.sleep(1)
    except asyncio.CancelledError as e:
        print(repr(e), asyncio.current_task().uncancel())

async def by_group_cancelled_late():
    x = mark('group cancelled late')
    asyncio.get_running_loop().call_later(0.1, asyncio.current_task().cancel)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(asyncio.sleep(1))
    except asyncio.CancelledError as e:
        print(repr(e), asyncio.current_task().uncancel())

async def by_timeout():
    x = mark('timeout')
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(1)
    except TimeoutError as e:
        print(repr(e))

async def by_gather():
    x = mark('gather')
    try:
        await asyncio.gather(bad(), bad(1))
    except ValueError as e:
        print(repr(e))
    await asyncio.sleep(2)

async def by_shield():
    x = mark('shield')
    try:
        await asyncio.shield(bad())
    except ValueError as e:
        print(repr(e))

async def by_shield_cancelled():
    x = mark('shield cancelled')
    asyncio.get_running_loop().call_later(0.1, asyncio.current_task().cancel)
    try:
        await asyncio.shield(bad(0.5))
    except asyncio.CancelledError as e:
        print(repr(e), asyncio.current_task().uncancel())
    await asyncio.sleep(1)

async def by_task():
    x = mark('task')
    t = asyncio.create_task(bad())
    try:
        await t
    except ValueError as e:
        print(repr(e))

async def by_task_unnamed():
    x = mark('task unnamed')
    try:
        await asyncio.create_task(bad())
    except ValueError as e:
        print(repr(e))

def fails():
    x = mark('fails')
    raise OSError(1)

async def by_thread():
    x = mark('to_thread')
    try:
        await asyncio.to_thread(fails)
    except OSError as e:
        print(repr(e))

async def by_executor():
    x = mark('executor')
    f = asyncio.get_running_loop().run_in_executor(None, fails)
    try:
        await f
    except OSError as e:
        print(repr(e))

async def by_connection():
    x = mark('connection')
    try:
        await asyncio.open_connection('127.0.0.1', 9)
    except OSError as e:
        print(repr(e))

async def by_queue():
    x = mark('queue')
    try:
        async with asyncio.timeout(0.1):
            await asyncio.Queue().get()
    except TimeoutError as e:
        print(repr(e))

async def by_lock():
    x = mark('lock')
    lock = asyncio.Lock()
    await lock.acquire()
    try:
        async with asyncio.timeout(0.1):
            async with lock:
                pass
    except TimeoutError as e:
        print(repr(e))

async def by_condition():
    x = mark('condition')
    c = asyncio.Condition()
    try:
        async with c:
            await asyncio.wait_for(c.wait(), 0.1)
    except TimeoutError as e:
        print(repr(e))

async def by_barrier():
    x = mark('barrier')
    b = asyncio.Barrier(2)
    try:
        async with asyncio.timeout(0.1):
            await b.wait()
    except TimeoutError as e:
        print(repr(e))

async def by_future():
    x = mark('future')
    f = asyncio.get_running_loop().create_future()
    f.set_exception(ValueError(1))
    try:
        await f
    except ValueError as e:
        print(repr(e))

async def by_result():
    x = mark('result')
    f = asyncio.get_running_loop().create_future()
    f.set_exception(ValueError(1))
    try:
        f.result()
    except ValueError as e:
        print(repr(e))

async def by_completed():
    x = mark('completed')
    try:
        for f in asyncio.as_completed([bad(), bad(0.1)]):
            await f
    except ValueError as e:
        print(repr(e))
    await asyncio.sleep(1)

async def by_completed_timeout():
    x = mark('completed timeout')
    try:
        for f in asyncio.as_completed([bad(0.5)], timeout=0.1):
            await f
    except TimeoutError as e:
        print(repr(e))
    await asyncio.sleep(1)

def elsewhere(loop):
    x = mark('threadsafe')
    try:
        asyncio.run_coroutine_threadsafe(bad(), loop).result()
    except ValueError as e:
        print(repr(e))

async def by_threadsafe():
    t = threading.Thread(target=elsewhere, args=(asyncio.get_running_loop(),))
    t.start()
    await asyncio.sleep(0.1)
    t.join()

async def by_pool():
    x = mark('pool')
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        f = pool.submit(fails)
        try:
            f.result()
        except OSError as e:
            print(repr(e))

async def main():
    for f in (by_wait_for, by_wait_for_timeout, by_wait_for_task, by_group, by_group_body, by_group_cancelled, by_group_cancelled_late, by_timeout, by_gather, by_shield, by_shield_cancelled, by_task, by_task_unnamed, by_thread, by_executor, by_connection, by_queue, by_lock, by_condition, by_barrier, by_future, by_result, by_completed, by_completed_timeout, by_threadsafe, by_pool):
        print('---', f.__name__)
        await f()
        print('...', f.__name__)
asyncio.run(main())
print('end')
