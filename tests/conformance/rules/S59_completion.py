"""A job's end reaches the loop in one iteration and its waiter in the next; many at one moment share a wake-up."""


def job(n, d):
    time.sleep(d)
    print('job', n, 'ends', time.monotonic())
    return n


async def main():
    loop = asyncio.get_running_loop()
    f = loop.run_in_executor(None, job, 1, 0.5)
    f.add_done_callback(lambda done: print('callback', done.result()))
    print(f.done())
    time.sleep(1)
    print('the job is over, the future is not', f.done())
    await asyncio.sleep(0)
    print(f.done())
    r = await f
    print(r)
    fs = [loop.run_in_executor(None, job, n, 0.5) for n in range(4)]
    t = asyncio.create_task(asyncio.sleep(0.5))
    rs = await asyncio.gather(*fs)
    print(rs, t.done())
    await t


asyncio.run(main())
