"""SystemExit and KeyboardInterrupt in the task leave the loop by themselves."""
async def leave(error):
    await asyncio.sleep(0.1)
    raise error

loop = asyncio.new_event_loop()
for error in [SystemExit(3), KeyboardInterrupt()]:
    try:
        loop.run_until_complete(leave(error))
    except BaseException as e:
        print(repr(e))
    loop.call_soon(loop.stop)
    loop.run_forever()
loop.close()
asyncio.run(leave(SystemExit(7)))
