"""What call_soon adds while handles run waits for the next iteration."""
def again(name, left):
    print(name, left)
    if left > 0:
        asyncio.get_running_loop().call_soon(again, name, left - 1)

async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(again, 'a', 3)
    loop.call_later(0, print, 'timer')
    loop.call_soon(again, 'b', 2)
    for i in range(5):
        print('turn', i)
        await asyncio.sleep(0)

asyncio.run(main())
