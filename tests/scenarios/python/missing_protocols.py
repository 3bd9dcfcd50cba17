with 5 as x:
    print('in')
# ---
with [], 3:
    pass
# ---
async def main():
    async with 'a' as x:
        print('in')
asyncio.run(main())
# ---
async def main():
    async for x in [1]:
        print('in')
asyncio.run(main())
# ---
async def main():
    with asyncio.sleep(0):
        print('in')
asyncio.run(main())
