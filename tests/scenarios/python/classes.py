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
# ---
class Account:
    'Keeps money.'
    __count = 0
    def __init__(self, owner, __start=1):
        'Opens it.'
        self.owner = owner
        self.__balance = __start
        Account.__count += 1
    def __check(self, amount):
        if amount > self.__balance:
            raise ValueError(f'only {self.__balance}')
    def take(self, amount):
        self.__check(amount)
        self.__balance -= amount
        return self.__balance
    def tricks(self):
        def __inner(__x, *__xs, __k=1, **__more):
            nonlocal __local
            __local = [__x for __x in (1, 2)]
            return __x, __xs, __k, __more, __local
        __local = 0
        try:
            raise KeyError('k')
        except KeyError as __error:
            __seen = repr(__error)
        for __i in range(2):
            pass
        return __inner(5, 6, __k=7, other=8), (lambda __y: __y + 1)(1), __seen, __i
    class __Inside:
        __x = 'inside'
        def show(self):
            return self.__x
    def inside(self):
        return self.__Inside().show(), Account.__Inside.__name__
    def missing(self):
        return self.__missing
    def unknown(self):
        return __unknown
    def dunder(self):
        return self.__class__.__name__, self.__doc__
class Saving(Account):
    def __init__(self, owner):
        super().__init__(owner, 10)
        self.__balance = 'mine'
    def both(self):
        return self.__balance, self._Account__balance, self._Account__count
class _Hidden:
    def __init__(self):
        self.__v = 1
class __:
    def __init__(self):
        self.__v = 2
a, s = Account('ann'), Saving('bob')
print(a.take(1), s.take(3), s.both(), a.tricks(), a.inside(), a.dunder(), s.dunder())
print(a._Account__balance, Account._Account__count, hasattr(a, '__balance'), hasattr(a, '_Account__balance'), _Hidden()._Hidden__v, __().__v)
a.__balance = 'outside'
print(a.__balance, a.take(0), Account('c', _Account__start=4).take(1))
for call in [lambda: a.take(99), lambda: a.__check(1), lambda: s.__count, lambda: a.missing(), lambda: a.unknown(), lambda: Account('c', __start=4), lambda: a._Account__check()]:
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
# ---
def f():
    'does f'
def g():
    # a comment first
    """one line"""
    return 1
async def h():
    'async doc'
class C:
    'class doc'
    def m(self):
        'm doc'
        'no doc'
    def n(self):
        pass
class D(C):
    pass
class E(Exception):
    "an error"
class Own:
    __doc__ = 'own'
def k():
    f'not a doc {1}'
def b():
    b'bytes'
print(f.__doc__, g.__doc__, h.__doc__, k.__doc__, b.__doc__, (lambda: 1).__doc__)
print(C.__doc__, C().__doc__, C.m.__doc__, C().m.__doc__, C().n.__doc__, D.__doc__, D().__doc__, D.m.__doc__)
print(E.__doc__, E('x').__doc__, Own.__doc__, Own().__doc__)
f.__doc__ = 'changed'
C.m.mark = 5
print(f.__doc__, C().m.mark, C().m.__module__)
# ---
STOP, MISSING = object(), object()
def find(table, key, default=MISSING):
    value = table.get(key, MISSING)
    if value is not MISSING:
        return value
    if default is MISSING:
        raise KeyError(key)
    return default
class Old(object):
    def __init__(self, x):
        super().__init__()
        self.x = x
class Plain(object):
    pass
print(find({'a': None}, 'a'), find({}, 'b', 5), STOP is STOP, STOP == MISSING, STOP != MISSING, STOP in [1, STOP], bool(STOP), len({STOP, MISSING, STOP}))
print(repr(STOP).split(' at ')[0], type(STOP), type(STOP) is object, isinstance(5, object), isinstance(Old, object), Old(3).x, Plain().__class__.__name__, callable(object))
async def consume(items):
    for item in items:
        if item is STOP:
            return 'stopped'
print(asyncio.run(consume([1, STOP, 2])))
for call in [lambda: find({}, 'c'), lambda: object(1), lambda: object(a=1), lambda: STOP.x, lambda: STOP < MISSING, lambda: STOP(), lambda: len(STOP), lambda: Old(), lambda: Plain(1), lambda: STOP + 1]:
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
try:
    STOP.x = 1
except AttributeError as e:
    print(e)
