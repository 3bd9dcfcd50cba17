"""LifoQueue is a stack, PriorityQueue a heap; getters are served in order of arrival."""
async def getter(box, name):
    item = await box.get()
    print(name, item)

async def main():
    lifo = asyncio.LifoQueue(3)
    for i in range(3):
        lifo.put_nowait(i)
    print(lifo, lifo.full())
    tasks = [asyncio.create_task(getter(lifo, f'l{i}')) for i in range(5)]
    await asyncio.sleep(0)
    lifo.put_nowait('a')
    lifo.put_nowait('b')
    await asyncio.gather(*tasks)
    box = asyncio.PriorityQueue()
    for i in [5, 1, 4, 1, 3, 9, 2, 6, 5, 3, 5]:
        box.put_nowait((i, -i))
    print(box)
    while not box.empty():
        item = await box.get()
        print(item, box)
    ties = asyncio.PriorityQueue()
    for i in range(9):
        ties.put_nowait((0 if i % 2 else 0.0, 0, f'{i}'))
    while not ties.empty():
        print(ties.get_nowait())
    tasks = [asyncio.create_task(getter(ties, f'p{i}')) for i in range(3)]
    await asyncio.sleep(0)
    ties.put_nowait(3)
    ties.put_nowait(1)
    ties.put_nowait(2)
    await asyncio.gather(*tasks)
    mixed = asyncio.PriorityQueue()
    mixed.put_nowait((1, 'a'))
    mixed.put_nowait((3, 'b'))
    try:
        mixed.put_nowait((1, None))
    except TypeError as e:
        print(e, mixed)
    try:
        while True:
            print(mixed.get_nowait())
    except (TypeError, asyncio.QueueEmpty) as e:
        print(repr(e), mixed)

asyncio.run(main())
