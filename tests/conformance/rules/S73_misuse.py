"""Messages of misuse."""
async def nothing():
    return 1

async def main():
    loop = asyncio.get_running_loop()
    inner = nothing()
    for call in [lambda: asyncio.run(inner), lambda: loop.run_forever(), lambda: loop.close(), lambda: asyncio.create_task(3)]:
        try:
            call()
        except (RuntimeError, TypeError, ValueError) as e:
            print(type(e).__name__, e)
    await inner
    future = loop.create_future()
    for call in [lambda: future.result(), lambda: future.exception(), lambda: future.set_result(1), lambda: future.set_result(2)]:
        try:
            call()
        except asyncio.InvalidStateError as e:
            print(e)

asyncio.run(main())
for call in [lambda: asyncio.get_running_loop(), lambda: asyncio.run(3)]:
    try:
        call()
    except (RuntimeError, ValueError) as e:
        print(e)
