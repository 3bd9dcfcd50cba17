"""A process pool has copies of globals and arguments, and refuses what cannot be pickled."""
shared = {'n': 0, 'list': []}


class Box:
    def __init__(self, value):
        self.value = value

    def twice(self):
        return Box(self.value * 2)


def job(items, box):
    items.append(4)
    box.value += 1
    shared['n'] += 1
    shared['list'].append(threading.current_thread().name)
    time.sleep(0.5)
    return items, box, shared


def fails(n):
    raise ValueError(n)


def returns_lambda():
    return lambda: 1


async def main():
    loop = asyncio.get_running_loop()
    box = Box(1)
    items = [1, box]
    shared['n'] = 10
    with concurrent.futures.ProcessPoolExecutor(max_workers=2) as pool:
        for i in range(3):
            got, back, there = await loop.run_in_executor(pool, job, items, box)
            print(len(got), got[1] is back, back.value, there['n'], there['list'])
        print(items[1] is box, box.value, shared)
        doubled = await loop.run_in_executor(pool, box.twice)
        print(doubled.value)
        for bad in [lambda: 1, returns_lambda]:
            try:
                await loop.run_in_executor(pool, bad)
            except Exception as e:
                print(type(e).__name__, str(e)[:22])
        try:
            await loop.run_in_executor(pool, fails, 7)
        except ValueError as e:
            print(repr(e))
        f = pool.submit(sum, [1, 2, 3])
        print(f.result(), list(pool.map(abs, [-1, -2])))
    print(time.monotonic())


asyncio.run(main())
