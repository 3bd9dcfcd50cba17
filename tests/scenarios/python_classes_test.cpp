// Classes, run by the interpreter and by CPython.
#include <gtest/gtest.h>

#include "tests/scenarios/python_listing.h"

namespace loopscope::scenarios::test {
namespace {

TEST(PythonClasses, Instances_inheritance_and_special_methods_are_CPythons) {
  compare_listings({R"py(
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
)py"});
}

TEST(PythonClasses, Closures_managers_and_exceptions_in_one_program_are_CPythons) {
  compare_listings({R"py(
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
)py"});
}

}  // namespace
}  // namespace loopscope::scenarios::test
