"""A main task that swallows the cancellation ends as it likes.
{"world": [{"at": 1, "signal": "SIGINT"}]}
"""
import asyncio, time

async def main():
    try:
        time.sleep(3)
        print('slept', time.time())
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print('swallowed', time.time())
    return 'value'

print(asyncio.run(main()))
