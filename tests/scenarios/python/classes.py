class A:
    x = 1
    y = x + 1
    def __init__(self, v=3, *args, **kw):
        self.v = v
        self.args = args
    def get(self):
        return self.v
    def __repr__(self):
        return f'A({self.v!r})'
class B(A):
    z = [1]
    def __init__(self, v):
        super().__init__(v, 5)
        self.w = v
    def get(self):
        return super().get() * 2
    def __str__(self):
        return 'B!'
    def __eq__(self, other):
        return isinstance(other, B) and self.v == other.v
a = A()
b = B(7)
print(a, b, repr(b), str(a), [a, b], f'{b} {b!r:>10} {b!s:>5}')
print(a.get(), b.get(), A.get(b), b.args, B.x, b.y, B.y, A.y)
print(a == a, a == A(), b == B(7), b == B(8), b != B(7), 5 == b, b == 5, b in [1, B(7)], [B(7)].index(b))
print(isinstance(b, A), isinstance(a, B), isinstance(b, (int, B)), type(b), type(b) is B, A, B.__name__, B.__qualname__)
try:
    {b}
except TypeError as e:
    print(e)
print(len({a, a}), callable(A), callable(a), hasattr(a, 'v'), hasattr(a, 'q'), getattr(a, 'q', 9))
b.extra = 4
print(b.extra)
del b.extra
for f in [lambda: b.extra, lambda: A.nope, lambda: A(1, 2).nope(), lambda: a(), lambda: len(a), lambda: a[0], lambda: a + 1, lambda: a < a, lambda: B(), lambda: B(1, 2), lambda: iter(a), lambda: f'{a:>3}']:
    try:
        print(f())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
class Empty:
    pass
class E2(Empty):
    '''doc'''
    def m(self):
        return self.__class__
try:
    Empty(1)
except TypeError as e:
    print(e)
try:
    E2(k=1)
except TypeError as e:
    print(e)
print(E2().m(), E2.m, E2().m)
print(Empty())
class MyError(Exception):
    pass
class Coded(MyError):
    def __init__(self, code):
        super().__init__(f'code {code}')
        self.code = code
class Odd(ValueError):
    def __str__(self):
        return 'odd!'
try:
    raise Coded(5)
except MyError as e:
    print(repr(e), e, e.code, e.args, type(e))
try:
    raise Odd(5)
except ValueError as e:
    print(repr(e), e)
try:
    raise MyError
except MyError as e:
    print(repr(e), str(e) == '')
class Count:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
print(list(Count(3)), sum(Count(4)), max(Count(5)), [x for x in Count(2)], 2 in Count(4), dict(zip('ab', Count(2))), sorted(Count(4)))
x, *y = Count(3)
print(x, y)
for i, v in enumerate(Count(2)):
    print(i, v)
c = Count(1)
print(next(c), next(c, 'end'))
try:
    next(c)
except StopIteration as e:
    print('stop', e.args)
class Bad:
    def __iter__(self):
        return 5
    def __repr__(self):
        return 5
try:
    list(Bad())
except TypeError as e:
    print(e)
try:
    print(Bad())
except TypeError as e:
    print(e)
def outer():
    k = 10
    class In:
        k2 = k
        def f(self):
            return k
    return In
In = outer()
print(In, In().f(), In.k2, In().f, In.f)
A.x = 50
print(b.x)
class CM:
    def __enter__(self):
        print('enter')
        return 'val'
    def __exit__(self, t, v, tb):
        print('exit', t, v, tb is None)
        return t is KeyError
with CM() as v:
    print(v)
with CM() as v, CM():
    print('two')
with CM():
    raise KeyError(3)
try:
    with CM():
        raise ValueError(3)
except ValueError as e:
    print('out', e)
def f():
    with CM():
        return 5
print(f())
def g():
    for i in range(3):
        with CM():
            if i == 0:
                continue
            if i == 1:
                break
    return i
print(g())
class Raise:
    def __enter__(self):
        return self
    def __exit__(self, *a):
        raise RuntimeError('in exit')
try:
    with Raise():
        raise ValueError('body')
except RuntimeError as e:
    print(e, repr(e.__context__))
