"""Equal deadlines leave the heap in heapq's order."""
def order(k, i, seen):
    seen.append(i)
    if len(seen) == k:
        print(k, seen)

async def main():
    loop = asyncio.get_running_loop()
    for k in range(2, 20):
        seen = []
        for i in range(k):
            loop.call_at(k, order, k, i, seen)
    for k in range(2, 9):
        seen = []
        for i in range(k):
            loop.call_at(30 + k % 3, order, k, i, seen)
    await asyncio.sleep(40)

asyncio.run(main())
