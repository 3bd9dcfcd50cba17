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
