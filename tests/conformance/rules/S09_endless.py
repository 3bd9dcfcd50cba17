"""A callback that queues itself never starves the loop, which ends at the limit of iterations.
{"loop": {"limits": {"iterations": 1000}}}
"""
def again(n):
    if n % 200 == 0:
        print('again', n)
    asyncio.get_running_loop().call_soon(again, n + 1)

async def main():
    asyncio.get_running_loop().call_soon(again, 0)
    await asyncio.sleep(1)

asyncio.run(main())
