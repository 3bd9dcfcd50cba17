"""Async generators and context managers that fail, and objects that are neither."""
class CM:

    def __init__(self, n, fail=False):
        self.n = n
        self.fail = fail

    async def __aenter__(self):
        print('enter', self.n)
        if self.fail:
            raise ValueError('enter')
        return self

    async def __aexit__(self, t, v, tb):
        print('exit', self.n, t and t.__name__, v)
        await asyncio.sleep(0)
        return self.n == 2

async def agen():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print('agen', e)
        yield 3
    finally:
        print('agen fin')

async def main():
    async with CM(1), CM(2):
        raise KeyError('swallowed')
    print('after')
    try:
        async with CM(3):
            async with CM(4, True):
                pass
    except ValueError as e:
        print(e)
    g = agen()
    r1 = await g.asend(None)
    print(r1)
    r2 = await g.athrow(ValueError('t'))
    print(r2)
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print('stop')
    g = agen()
    try:
        await g.asend(5)
    except TypeError as e:
        print(e)
    async with CM(5):
        async for x in agen():
            print(x)
            break
    try:
        async with 5:
            pass
    except TypeError as e:
        print(e)
    try:
        async for x in [1]:
            pass
    except TypeError as e:
        print(e)
    try:
        for x in agen():
            pass
    except TypeError as e:
        print(e)
    try:
        with CM(6):
            pass
    except TypeError as e:
        print(e)
asyncio.run(main())
