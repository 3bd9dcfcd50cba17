"""What as_completed and Executor.map make are generators: they can be closed, and cancel what is left."""
def slow(n):
    time.sleep(n)
    if n == 3:
        raise ValueError(n)
    return n

def pools():
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        results = pool.map(slow, [1, 2, 4])
        print(type(results).__name__, results, next(results))
        results.close()
        print(list(results), time.monotonic())
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        results = pool.map(slow, [1, 3, 5, 6])
        try:
            print(list(results))
        except ValueError as error:
            print('failed', error)
        results.close()
        results.close()
    print(time.monotonic())
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.map(slow, [1, 2]).close()
    print(time.monotonic())

async def main():
    completed = asyncio.as_completed([asyncio.sleep(1, 'a'), asyncio.sleep(2, 'b')])
    print(type(completed).__name__, completed)
    first = await next(completed)
    print(first)
    completed.close()
    print(list(completed))
    try:
        completed.__next__()
    except StopIteration as error:
        print(repr(error))
    await asyncio.sleep(3)

pools()
asyncio.run(main())
