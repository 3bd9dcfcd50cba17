"""The second SIGINT raises KeyboardInterrupt where the program stands.
{"world": [{"at": 1, "signal": "SIGINT"}, {"at": 2, "signal": "SIGINT"}]}
"""
import asyncio

async def main():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print('refuses', asyncio.get_running_loop().time())
        try:
            await asyncio.sleep(5)
        finally:
            print('left', asyncio.get_running_loop().time())

asyncio.run(main())
