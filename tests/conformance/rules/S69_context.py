"""The KeyboardInterrupt that leaves asyncio.run was raised while the task's CancelledError was handled.
{"world": [{"at": 0.5, "signal": "SIGINT"}]}"""
async def main():
    await asyncio.sleep(1)

try:
    asyncio.run(main())
except KeyboardInterrupt as error:
    print(repr(error.__context__))
raise ValueError('after')
