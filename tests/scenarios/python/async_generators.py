async def agen(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            x = yield i
            if x:
                print('got', x)
    finally:
        print('agen fin')
class ACM:
    def __init__(self, name):
        self.name = name
    async def __aenter__(self):
        print('aenter', self.name)
        await asyncio.sleep(0)
        return self
    async def __aexit__(self, t, v, tb):
        print('aexit', self.name, t, v)
        await asyncio.sleep(0)
        return t is KeyError
class AIter:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n
async def main():
    async for i in agen(3):
        print(i)
    async for i in AIter(3):
        if i == 1:
            continue
        print(i)
    async with ACM('a') as a, ACM('b'):
        print(a.name)
    async with ACM('k'):
        raise KeyError(1)
    try:
        async with ACM('v'):
            raise ValueError(1)
    except ValueError as e:
        print(e)
    g = agen(5)
    r_ = await g.__anext__()
    print(g, r_)
    r_ = await g.asend('hi')
    print(r_)
    try:
        await g.athrow(RuntimeError('thrown'))
    except RuntimeError as e:
        print('r', e)
    try:
        await g.__anext__()
    except StopAsyncIteration as e:
        print('stopped', repr(e))
    g = agen(2)
    await g.__anext__()
    await g.aclose()
    await g.aclose()
    async for i in agen(5):
        if i == 1:
            break
    print('after break')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    t = asyncio.create_task(agen(2).__anext__())
    r_ = await t
    print(r_)
    async def bad():
        yield 1
        raise StopAsyncIteration
    try:
        async for x in bad():
            print(x)
    except RuntimeError as e:
        print(e, repr(e.__cause__))
    async def ign():
        try:
            yield 1
        except GeneratorExit:
            yield 2
    g = ign()
    await g.__anext__()
    try:
        await g.aclose()
    except RuntimeError as e:
        print(e)
    async def ret():
        async with ACM('r'):
            return 5
    r_ = await ret()
    print(r_)
    left = agen(3)
    r_ = await left.__anext__()
    print(r_)
    return left
left = asyncio.run(main())
print('end')
