"""Tasks that share a coroutine, await themselves or are given results; futures that are done already."""
async def c():
    await asyncio.sleep(0)
    return 1

async def selfish(box):
    await asyncio.sleep(0)
    await box[0]

async def main():
    x = c()
    r1 = await x
    print(r1)
    try:
        await x
    except RuntimeError as e:
        print(repr(e))
    box = []
    t = asyncio.create_task(selfish(box))
    box.append(t)
    try:
        await t
    except RuntimeError as e:
        print(e)
    t = asyncio.create_task(c())
    try:
        t.set_result(1)
    except RuntimeError as e:
        print(e)
    try:
        t.set_exception(ValueError())
    except RuntimeError as e:
        print(e)
    try:
        t.result()
    except asyncio.InvalidStateError as e:
        print(e)
    try:
        t.exception()
    except asyncio.InvalidStateError as e:
        print(e)
    await t
    f = asyncio.get_running_loop().create_future()
    f.set_result(1)
    for call in (lambda: f.set_result(2), lambda: f.set_exception(ValueError), lambda: f.set_exception(StopIteration)):
        try:
            call()
        except Exception as e:
            print(repr(e))
    g = asyncio.get_running_loop().create_future()
    try:
        g.set_exception(StopIteration)
    except TypeError as e:
        print(e)
    try:
        g.set_exception(5)
    except TypeError as e:
        print(e)
    g.set_exception(ValueError)
    print(g, g.exception())
    h = asyncio.get_running_loop().create_future()
    h.cancel('why')
    try:
        h.result()
    except asyncio.CancelledError as e:
        print(repr(e))
    try:
        h.exception()
    except asyncio.CancelledError as e:
        print(repr(e))
    print(h.cancel(), h)
    y = c()
    a = asyncio.create_task(y)
    b = asyncio.create_task(y)
    r2 = await asyncio.gather(a, b, return_exceptions=True)
    print(r2)
    try:
        await 5
    except TypeError as e:
        print(e)
    try:
        await c
    except TypeError as e:
        print(e)
asyncio.run(main())
