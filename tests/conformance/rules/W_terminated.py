"""SIGTERM with no handler ends the program: exit code 143, no finally runs.
{"world": [{"at": 1, "signal": "SIGTERM"}]}
"""
import asyncio

async def main():
    try:
        print('waiting')
        await asyncio.sleep(5)
    finally:
        print('never')

asyncio.run(main())
