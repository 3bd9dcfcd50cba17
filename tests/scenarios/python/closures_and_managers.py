def make():
    fs = []
    for i in range(3):
        def f(x, *a, k=i, **kw):
            nonlocal count
            count += 1
            return (x, a, k, kw, count)
        fs.append(f)
    count = 0
    return fs
for f in make():
    print(f(1), f(1, 2, 3, k=9, z=4))
def deco(fn):
    def inner(*args, **kwargs):
        print('call', fn.__name__, args, kwargs)
        return fn(*args, **kwargs)
    return inner
def add(a, b=2, *, c=3):
    return a + b + c
add = deco(add)
print(add(1), add(1, c=5), add(*[1, 2], **{'c': 0}))
class Stack:
    def __init__(self):
        self.items = []
    def push(self, x):
        self.items.append(x)
        return self
    def __iter__(self):
        for x in self.items:
            yield x
    def __eq__(self, o):
        return isinstance(o, Stack) and self.items == o.items
    def __repr__(self):
        return f'{type(self).__name__}({self.items!r})'
s = Stack().push(1).push(2)
print(s, list(s), [*s], sum(s), s == Stack().push(1).push(2), s != Stack(), sorted(s, reverse=True), max(s), 2 in s)
a, b = s
print(a, b, dict(enumerate(s)), list(map(lambda x: x * 2, s)), list(filter(lambda x: x > 1, s)), tuple(zip(s, s)))
class Sub(Stack):
    limit = 2
    def push(self, x):
        if len(self.items) >= self.limit:
            raise OverflowError(f'full: {self}')
        return super().push(x)
try:
    Sub().push(1).push(2).push(3)
except OverflowError as e:
    print(type(e), e, e.__context__)
x = [1, 2, 3]
del x[0], x[0]
print(x)
d = {'a': 1, 'b': 2}
del d['a']
print(d)
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise KeyError('k') from e
except KeyError as e:
    print(repr(e.__cause__), e.__suppress_context__)
try:
    print(e)
except NameError as n:
    print(n)
def g():
    global G
    G = 5
g()
print(G)
try:
    assert G == 4, f'G is {G}'
except AssertionError as e:
    print(e)
def gen():
    try:
        x = yield 1
        while x != 'stop':
            x = yield x * 2
        return 'done'
    finally:
        print('cleanup')
q = gen()
print(next(q), q.send(4), q.send('a'))
try:
    q.send('stop')
except StopIteration as e:
    print(e.value)
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
print([x for x, i in zip(fib(), range(10))])
class Temp:
    def __init__(self, n):
        self.n = n
    def __enter__(self):
        print('enter', self.n)
        return self
    def __exit__(self, t, v, tb):
        print('exit', self.n, t.__name__ if t else None)
        return self.n == 2
def nested():
    with Temp(1) as a, Temp(2) as b, Temp(3):
        print(a.n, b.n)
        raise ValueError('x')
    return 'after'
print(nested())
for i in range(3):
    try:
        if i == 1:
            continue
        if i == 2:
            break
        print('i', i)
    finally:
        print('fin', i)
print('end')
