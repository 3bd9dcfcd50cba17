a, b = 1, 2
a, b = b, a
(c, [d, *e]), f = (1, [2, 3, 4]), 5
*g, h = 'xyz'
print(a, b, c, d, e, f, g, h)
for value in [(1, 2), [1], 5, 'abc', [1, 2, 3]]:
    try:
        x, y = value
        print(x, y)
    except (TypeError, ValueError) as err:
        print(type(err).__name__, err)
try:
    p, *q, r = [1]
except ValueError as err:
    print(err)
# ---
log = []
def index(i):
    log.append(i)
    return i
xs = [1, 2, 3]
xs[index(1)] += 10
xs[index(0)], xs[index(2)] = 7, 8
print(xs, log)
d = {}
d['a'] = [1]
d['a'] += [2]
d['n'] = 0
d['n'] -= 5
print(d)
ys = xs
ys += (4,)
print(xs is ys, xs)
ys = ys + [5]
print(xs is ys, len(xs))
t = (1, [2])
try:
    t[1] += [3]
except TypeError as e:
    print(e, t)
s = 'a'
s *= 3
n = 7
n //= 2
n **= 2
n %= 5
print(s, n)
z = {1, 2}
z -= {1}
print(z)
# ---
xs = list(range(10))
xs[2:4] = 'ab'
xs[::4] = [0, 0, 0]
print(xs)
del xs[0], xs[-1]
del xs[1:3]
print(xs)
try:
    xs[::2] = [1]
except ValueError as e:
    print(e)
try:
    xs[1:2] = 5
except TypeError as e:
    print(e)
try:
    xs[100] = 1
except IndexError as e:
    print(e)
try:
    del xs[100]
except IndexError as e:
    print(e)
d = {'a': 1, 'b': 2}
del d['a']
print(d)
try:
    del d['zz']
except KeyError as e:
    print(repr(e))
d['c'] = 3
for k, v in d.items():
    print(k, v)
try:
    for k in d:
        d[k * 2] = 1
except RuntimeError as e:
    print(e)
print(d.setdefault('q', []), d.pop('q'), d.get('q'))
d.update({'x': 1}, y=2)
d.update([('z', 3)])
print(d)
# ---
xs = [1, 2, 3]
xs.append(4)
xs.extend('ab')
xs.insert(0, 'first')
xs.insert(-1, 'x')
xs.insert(100, 'last')
print(xs, xs.pop(), xs.pop(0), xs.index('a'), xs.count(1))
xs.remove('x')
xs.reverse()
print(xs, xs.copy() == xs)
xs.clear()
print(xs)
for bad in [lambda: xs.pop(), lambda: xs.remove(1), lambda: xs.index(1)]:
    try:
        bad()
    except (IndexError, ValueError) as e:
        print(e)
def f():
    pass
f.note = 'kept'
print(f.note, hasattr(f, 'other'))
try:
    f.other
except AttributeError as e:
    print(e)
e = ValueError(1, 2)
e.extra = 'more'
print(e.args, e, repr(e), e.extra)
a = []
a.append(a)
print(a, a == a)
b = {}
b['self'] = b
print(b)
