// Generators and async generators, run by the interpreter and by CPython.
#include <gtest/gtest.h>

#include "tests/scenarios/python_listing.h"

namespace loopscope::scenarios::test {
namespace {

TEST(PythonGenerators, Yield_send_throw_and_close_are_CPythons) {
  compare_listings({R"py(
def gen():
    print('start')
    x = yield 1
    print('got', x)
    try:
        y = yield 2
        print('y', y)
    except ValueError as e:
        print('caught', e)
        yield 'after'
    finally:
        print('fin')
    return 'ret'
g = gen()
print(g, next(g), g.send('a'), g.throw(ValueError('bad')))
try:
    next(g)
except StopIteration as e:
    print('stop', e.value, e.args, repr(e))
print(next(g, 'none'))
def sub():
    r = yield from inner(3)
    print('r', r)
    r = yield from [7, 8]
    print('r', r)
def inner(n):
    for i in range(n):
        z = yield i
        if z:
            print('z', z)
    return 'inner done'
s = sub()
print(next(s), s.send('q'), list(s))
def count():
    n = 0
    while True:
        n += 1
        yield n
c = count()
print([next(c) for i in range(5)])
c.close()
print(list(c))
def bad():
    yield 1
    raise StopIteration(5)
try:
    print(list(bad()))
except RuntimeError as e:
    print(e, repr(e.__cause__))
g = gen()
for f in [lambda: g.send(5), lambda: g.throw(KeyError), lambda: g.send(None)]:
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)
def ign():
    try:
        yield 1
    except GeneratorExit:
        yield 2
i = ign()
next(i)
try:
    i.close()
except RuntimeError as e:
    print(e)
def fin():
    try:
        yield 1
    finally:
        print('finalized')
f = fin()
next(f)
del f
def use():
    f = fin()
    next(f)
    print('leaving')
use()
def rec(n):
    if n > 0:
        yield n
        yield from rec(n - 1)
print(list(rec(10)), sum(rec(100)))
def d():
    try:
        yield from fin()
    except ValueError:
        print('d caught')
x = d()
next(x)
try:
    x.throw(ValueError)
except StopIteration:
    print('stopped')
x = d()
next(x)
x.close()
def selfrun():
    try:
        next(me)
    except ValueError as e:
        print(e)
    yield 1
me = selfrun()
next(me)
def gg():
    yield
print(list(gg()))
)py"});
}

TEST(PythonGenerators, Async_generators_and_managers_are_CPythons) {
  compare_listings({R"py(
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
)py"});
}

}  // namespace
}  // namespace loopscope::scenarios::test
