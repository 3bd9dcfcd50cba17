"""run_in_executor, to_thread and default executors: workers, queueing, cancellation, errors, shutdown."""
def job(n, d):
    print('job', n, threading.current_thread().name, time.monotonic())
    time.sleep(d)
    if n == 'bad':
        raise OSError('bad')
    return n


async def tick():
    while True:
        print('tick', time.monotonic())
        await asyncio.sleep(0.25)


async def main():
    loop = asyncio.get_running_loop()
    tk = asyncio.create_task(tick())
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=1)
    a = loop.run_in_executor(pool, job, 'a', 0.5)
    b = loop.run_in_executor(pool, job, 'b', 0.5)
    c = loop.run_in_executor(pool, job, 'c', 0.5)
    await asyncio.sleep(0.1)
    print(c.cancel(), a.cancel(), c.cancelled())
    try:
        await a
    except asyncio.CancelledError:
        print('a cancelled', time.monotonic())
    r = await b
    print(r, time.monotonic())
    try:
        await loop.run_in_executor(None, job, 'bad', 0.1)
    except OSError as e:
        print(repr(e))
    rs = await asyncio.gather(*[loop.run_in_executor(None, job, i, 0.1 * i) for i in range(4)])
    print(rs, time.monotonic())
    rs = await asyncio.gather(*[asyncio.to_thread(job, i, d=0.1) for i in range(10)])
    print(rs, time.monotonic())
    t = asyncio.create_task(asyncio.to_thread(job, 'long', 1))
    await asyncio.sleep(0.1)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print('to_thread cancelled', time.monotonic())
    try:
        loop.set_default_executor(3)
    except TypeError as e:
        print(repr(e))
    try:
        await loop.run_in_executor(3, job)
    except AttributeError as e:
        print(repr(e))
    pool.shutdown()
    try:
        loop.run_in_executor(pool, job, 1, 1)
    except RuntimeError as e:
        print(repr(e))
    await loop.shutdown_default_executor()
    print('shut', time.monotonic())
    try:
        loop.run_in_executor(None, job, 1, 1)
    except RuntimeError as e:
        print(repr(e))
    tk.cancel()


asyncio.run(main())
print('end', time.monotonic())
