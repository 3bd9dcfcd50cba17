"""A select that waits for ever, and nothing can wake it: the run ends on the spot."""
async def main():
    print('before')
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print('never')

asyncio.run(main())
