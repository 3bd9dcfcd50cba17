"""Debug mode warns of every callback that takes slow_callback_duration or longer."""
async def slow(seconds):
    time.sleep(seconds)
    await asyncio.sleep(0)
    time.sleep(seconds)

async def main():
    loop = asyncio.get_running_loop()
    print(loop.slow_callback_duration)
    await asyncio.create_task(slow(0.125), name='S')
    loop.call_soon(time.sleep, 0.25)
    loop.call_soon(time.sleep, 0.0625)
    await asyncio.sleep(0)
    loop.slow_callback_duration = 0.05
    print(loop.slow_callback_duration)
    loop.call_soon(time.sleep, 0.0625)
    await asyncio.sleep(0)
    loop.set_debug(False)
    loop.call_soon(time.sleep, 1)
    await asyncio.sleep(0)

asyncio.run(main(), debug=True)
asyncio.run(slow(1))
