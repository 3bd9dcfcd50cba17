"""The first SIGINT cancels the main task; when that has ended, KeyboardInterrupt.
{"world": [{"at": 1.5, "signal": "SIGINT"}]}
"""
import asyncio

async def side():
    try:
        await asyncio.sleep(10)
    finally:
        print('side cancelled', asyncio.get_running_loop().time())

async def main():
    task = asyncio.create_task(side())
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print('cancelled', asyncio.get_running_loop().time())
        await asyncio.sleep(0.5)
        print('cleaned up', asyncio.get_running_loop().time())
        raise

try:
    asyncio.run(main())
except KeyboardInterrupt as error:
    print(repr(error))
