"""Cancelling the loop's future cancels a job that waits; one that runs goes on, and its result is dropped."""


def job(n):
    print('job', n, time.monotonic())
    time.sleep(1)
    print('job', n, 'ends', time.monotonic())
    return n


async def waiter(f, name):
    try:
        print(name, await_result(f))
        await f
    except asyncio.CancelledError:
        print(name, 'cancelled', time.monotonic())
        raise


def await_result(f):
    return f.done()


async def main():
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ThreadPoolExecutor(1)
    fs = [loop.run_in_executor(pool, job, n) for n in range(3)]
    ts = [asyncio.create_task(waiter(f, i)) for i, f in enumerate(fs)]
    await asyncio.sleep(0.5)
    ts[0].cancel()
    ts[1].cancel()
    rs = await asyncio.gather(*ts, return_exceptions=True)
    print([type(r).__name__ for r in rs], time.monotonic())
    pool.shutdown(False)
    f = loop.run_in_executor(None, job, 'left')
    await asyncio.sleep(0.1)
    f.cancel()


asyncio.run(main())
print('end', time.monotonic())
