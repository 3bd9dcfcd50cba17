xs = [3, 1, 2]
def key(x):
    xs.append(x)
    return x
try:
    xs.sort(key=key)
except ValueError as e:
    print(e)
print(xs)
def failing(x):
    return [] if x == 1 else x
try:
    xs.sort(key=failing)
except TypeError as e:
    print(e, xs)
for x in xs:
    if len(xs) < 10:
        xs.append(x)
    if x == 3:
        xs.clear()
print(xs)
ys = [1, 2, 3, 4]
for y in ys:
    ys.remove(y)
print(ys)
for a in reversed(ys):
    ys.clear()
it = iter(ys)
ys.extend([5, 6])
print(list(it), list(it))
ys.extend(ys)
ys += ys
ys[1:1] = ys
ys[:] = ys
print(ys)
# ---
class_error = None
try:
    raise 5
except TypeError as e:
    print(e)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
try:
    try:
        1 / 0
    except 5:
        pass
except TypeError as e:
    print(e, repr(e.__context__))
try:
    raise
except RuntimeError as e:
    print(e)
e = ValueError('a')
e.__context__ = e
e.__cause__ = e
try:
    raise e
except ValueError as f:
    print(f is e)
try:
    e.args = 5
except TypeError as g:
    print(g)
raise e
# ---
for spec in ['<', '^^', '=', '0', '00', '5.', '.', ',,', '_,', '#', 'z', ' ', '+-', '+', 'é>5', 'é', '%%', 'r', '1$', '5!', '#x', '08.3f', 'c', 'n', '-5', '+08', ',.2f', 'e', 'G']:
    for v in [1, -1.5, 'a', None, True, [1]]:
        try:
            print(spec, repr(('{:' + spec + '}').format(v)))
        except (ValueError, TypeError) as e:
            print(spec, e)
for spec in ['%', '%5', '%.', '%.5', '%*d', '%(', '%(a', '%(a)', '%(a)d', '%-', '%0', '%#x', '%+s', '%lld', '%ld', '%d', '%5.1f', '%x', '%c', '%q', '%é', '%.3d', '%#o', '% d', '%-5d|', '%05.1f', '%i%%']:
    for v in [1, 1.5, 'a', None, (1, 2), {'a': 1}, (), [5]]:
        try:
            print(spec, repr(spec % v))
        except (ValueError, TypeError, KeyError, OverflowError) as e:
            print(spec, type(e).__name__, e)
