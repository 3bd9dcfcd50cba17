"""What asyncio.run's shutdown meets was raised while it dealt with the error that ends the run."""
def fail():
    raise ValueError('callback')

async def left_over():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        asyncio.get_running_loop().call_soon(fail)
        await asyncio.sleep(0)
        raise KeyError('left over')

async def main():
    task = asyncio.create_task(left_over())
    await asyncio.sleep(0)
    raise RuntimeError('main')

asyncio.run(main())
