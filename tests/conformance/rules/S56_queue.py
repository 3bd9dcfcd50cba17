"""Queue: waiting getters and putters, stolen items, cancelled waiters, join and task_done."""
async def getter(box, name):
    try:
        item = await box.get()
        print(name, 'got', item, box.qsize())
        return item
    except asyncio.CancelledError:
        print(name, 'cancelled', str(box))
        raise

async def putter(box, item):
    try:
        await box.put(item)
        print('put', item, str(box))
    except asyncio.CancelledError:
        print('not put', item, str(box))
        raise

async def settle(tasks):
    got = await asyncio.gather(*tasks, return_exceptions=True)
    print(got)

async def thief(box):
    print('steals', box.get_nowait())

async def main():
    box = asyncio.Queue()
    print(box, str(box), box.empty(), box.full(), box.maxsize)
    tasks = [asyncio.create_task(getter(box, f'g{i}')) for i in range(3)]
    await asyncio.sleep(0)
    print(box)
    box.put_nowait('one')
    box.put_nowait('two')
    print(str(box))
    print('main steals', box.get_nowait())
    await asyncio.sleep(0)
    print(str(box))
    box.put_nowait('three')
    box.put_nowait('four')
    await settle(tasks)
    tasks = [asyncio.create_task(getter(box, f'h{i}')) for i in range(3)]
    await asyncio.sleep(0)
    tasks.insert(0, asyncio.create_task(thief(box)))
    box.put_nowait('five')
    await asyncio.sleep(0)
    tasks[1].cancel()
    box.put_nowait('six')
    box.put_nowait('seven')
    tasks[2].cancel()
    box.put_nowait('eight')
    await settle(tasks)
    print(str(box))
    try:
        box.get_nowait()
        box.get_nowait()
    except asyncio.QueueEmpty as e:
        print(repr(e))
    small = asyncio.Queue(2)
    tasks = [asyncio.create_task(putter(small, i)) for i in range(6)]
    await asyncio.sleep(0)
    print(small, small.full(), small.maxsize)
    try:
        small.put_nowait('x')
    except asyncio.QueueFull as e:
        print(repr(e))
    print(small.get_nowait())
    tasks[2].cancel()
    tasks[4].cancel()
    print(small.get_nowait(), str(small))
    await asyncio.sleep(0)
    print(str(small))
    while not small.empty():
        item = await small.get()
        print('main got', item)
        await asyncio.sleep(0)
    await settle(tasks)
    async def worker(name, box, delay):
        while True:
            item = await box.get()
            await asyncio.sleep(delay * item)
            print(name, item)
            box.task_done()
    jobs = asyncio.Queue(maxsize=3)
    workers = [asyncio.create_task(worker(f'worker{i}', jobs, 0.5)) for i in range(2)]
    for i in range(6):
        await jobs.put(i)
    print(jobs)
    await jobs.join()
    print('joined', jobs)
    await jobs.join()
    for task in workers:
        task.cancel()
    await settle(workers)
    try:
        jobs.task_done()
    except ValueError as e:
        print(e)
    for delay in [0.5, 1]:
        asyncio.get_running_loop().call_later(1, jobs.put_nowait, 'late')
        try:
            got = await asyncio.wait_for(jobs.get(), delay)
            print(got)
        except TimeoutError as e:
            print(repr(e), str(jobs))
        await asyncio.sleep(1)
        print(str(jobs))
    for bad in [lambda: jobs.put(), lambda: jobs.put_nowait(1, 2), lambda: asyncio.Queue(1, 2)]:
        try:
            bad()
        except TypeError as e:
            print(e)
    print(jobs.get.__qualname__)

asyncio.run(main())
