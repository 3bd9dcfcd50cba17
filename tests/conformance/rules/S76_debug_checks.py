"""Debug mode refuses callbacks that cannot be called, and shows where things were made."""
async def nop():
    pass

def later():
    pass

async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_debug())
    coroutine = nop()
    for bad in [coroutine, nop, 3]:
        for name in ['call_soon', 'call_later', 'call_at', 'call_soon_threadsafe']:
            method = getattr(loop, name)
            try:
                if name in ['call_later', 'call_at']:
                    method(1, bad)
                else:
                    method(bad)
            except TypeError as e:
                print(name, e)
    await coroutine
    print(loop.call_soon(later))
    timer = loop.call_at(5.0, later)
    print(timer)
    timer.cancel()
    print(timer)
    print(asyncio.create_task(nop(), name='N'), loop.create_task(nop(), name='M'))
    print(loop.create_future(), asyncio.Future())
    group = asyncio.gather(nop(), nop())
    print(group)
    print(asyncio.current_task())
    await group
    loop.set_debug(False)
    print(loop.get_debug(), loop.create_future(), loop.call_soon(later))
    loop.set_debug(True)
    await asyncio.sleep(0)
    print(loop.call_soon(later))

asyncio.run(main(), debug=True)
