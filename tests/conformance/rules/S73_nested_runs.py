"""Every way to run a loop inside another is refused, and says what was never awaited."""
async def c():
    return 1

async def main():
    loop = asyncio.get_running_loop()
    try:
        asyncio.run(c())
    except RuntimeError as e:
        print(e)
    try:
        loop.run_until_complete(c())
    except RuntimeError as e:
        print(e)
    try:
        loop.run_forever()
    except RuntimeError as e:
        print(e)
    other = asyncio.new_event_loop()
    try:
        other.run_until_complete(c())
    except RuntimeError as e:
        print(e)
    f = other.create_future()
    try:
        await f
    except RuntimeError as e:
        print(e)
    try:
        loop.close()
    except RuntimeError as e:
        print(e)
    other.close()
    try:
        with asyncio.Runner() as r:
            r.run(c())
    except RuntimeError as e:
        print(e)
asyncio.run(main())
try:
    asyncio.run(5)
except ValueError as e:
    print(e)
try:
    asyncio.run(main)
except ValueError as e:
    print(str(e)[:40])
