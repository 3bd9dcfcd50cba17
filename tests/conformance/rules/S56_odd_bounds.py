"""A queue takes any maxsize; what cannot be compared with its size is refused by each put."""
async def main():
    for bound in ['3', None, [], 2.5, True, -1]:
        queue = asyncio.Queue(bound)
        print(queue, queue.empty(), queue.qsize())
        for put in [queue.full, lambda: queue.put_nowait('a')]:
            try:
                print(put())
            except TypeError as error:
                print(error)
        waiting = queue.put('b')
        try:
            await asyncio.wait_for(waiting, 1)
        except (TypeError, TimeoutError) as error:
            print(type(error).__name__, error)
        print(queue.qsize())
    asyncio.PriorityQueue(maxsize='x').put_nowait(1)

asyncio.run(main())
