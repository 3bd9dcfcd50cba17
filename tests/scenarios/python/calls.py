def f(a, b=2, *args, c, d=4, **rest):
    return a, b, args, c, d, rest
def g(a, b=1):
    return a, b
def k(*, only):
    return only
def none():
    pass
def three(a, b, c):
    pass
tests = [lambda: f(1, c=3)] + [lambda: f(1, 5, 6, 7, c=3, z=9)] + [lambda: f(*[1, 2], **{'c': 3})] + [lambda: f()] + [lambda: f(1)]
more = [lambda: g(), lambda: g(1, 2, 3), lambda: g(1, a=2), lambda: g(1, z=2), lambda: k(), lambda: k(1), lambda: none(1)]
last = [lambda: three(), lambda: three(1), lambda: g(*5), lambda: g(**5), lambda: g(1, **{'b': 2}, b=3), lambda: g(**{1: 2}), lambda: none(x=1), lambda: g(1, 2, 3, 4), lambda: k(1, only=2), lambda: k(1, 2, only=2)]
for t in tests + more + last:
    try:
        print(t())
    except TypeError as e:
        print(e)
# ---
def f(x, acc=[]):
    acc.append(x)
    return acc
print(f(1), f(2), f(3, []))
print((lambda *a, **k: (a, k))(1, 2, x=3))
p = functools.partial(f, 9)
print(p([]), p.args, p.func is f)
q = functools.partial(p, acc=[0])
print(q())
print(sorted(['b', 'A', 'c'], key=lambda s: s.lower()))
print(max([3, 1], key=lambda x: -x), list(map(f, [1], [[]])))
xs = [3, 1, 2]
xs.sort(key=lambda x: -x)
print(xs)
# ---
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
print(fact(20), fib(12))
