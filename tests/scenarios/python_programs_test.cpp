// Small programs, run by the interpreter and by CPython: output, the last error and the
// lines that ran must be equal.
#include <gtest/gtest.h>

#include "tests/scenarios/python_judge.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

/// The listing without its imports stands for the program: its line numbers are CPython's.
void compare(const std::vector<std::string>& programs) {
  std::vector<ScriptRun> runs;
  std::vector<std::string> listings;
  for (const std::string& program : programs) {
    runs.push_back(run_script(program));
    std::string listing;
    for (const std::string& line : runs.back().listing)
      listing += (line.starts_with("import ") ? "" : line) + "\n";
    listings.push_back(listing);
  }
  const std::vector<Verdict> verdicts = judge(listings);
  if (verdicts.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  ASSERT_EQ(verdicts.size(), programs.size());
  for (std::size_t i = 0; i < programs.size(); ++i) {
    EXPECT_EQ(runs[i].out, verdicts[i].out) << listings[i];
    EXPECT_EQ(runs[i].result.error, verdicts[i].error) << listings[i];
    EXPECT_EQ(runs[i].lines(), verdicts[i].lines) << listings[i];
  }
}

TEST(PythonPrograms, Control_flow_goes_line_by_line_as_in_CPython) {
  compare({
      R"(
def f(x):
    'doc'
    if x:
        pass
    elif x == 0:
        return 5
    else:
        x = 1
    while True:
        x += 1
        if x > 3:
            break
    for i in [1, 2]:
        continue
    return x
print(f(0))
print(f(1))
print(f([]) if 0 else 'no')
)",
      R"(
for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 2:
            break
        print(i, j)
x = 0
while x < 5:
    x += 1
    if x == 2:
        continue
    if x == 4:
        break
    print(x)
print(i, j, x)
)",
      R"(
def f(n):
    for i in range(n):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print('body', i)
        finally:
            print('finally', i)
    return 'end'
print(f(6))
)",
      R"(
def f():
    try:
        return 'try'
    finally:
        print('cleanup')
def g():
    try:
        return 'try'
    finally:
        return 'finally'
def h():
    while True:
        try:
            return 'no'
        finally:
            break
    return 'after'
def k():
    for i in range(3):
        try:
            1 / 0
        except ZeroDivisionError:
            continue
        finally:
            print('f', i)
    return i
print(f(), g(), h(), k())
)",
      R"(
def f(kind):
    try:
        if kind == 1:
            raise ValueError('one')
        if kind == 2:
            raise KeyError('two')
        if kind == 3:
            return 'early'
    except ValueError as e:
        print('value', e)
    except (KeyError, IndexError) as e:
        print('key', e, e.args)
        return 'from handler'
    else:
        print('else')
    finally:
        print('finally')
    return 'end'
print(f(0), f(1), f(2), f(3))
)",
      R"(
def outer():
    try:
        try:
            raise ValueError('a')
        except ValueError:
            raise TypeError('b')
        finally:
            print('inner finally')
    except TypeError as e:
        print(repr(e.__context__), e.__cause__)
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise RuntimeError('c') from e
    except RuntimeError as e:
        print(repr(e.__cause__), e.__context__ is e.__cause__)
    try:
        try:
            {}['k']
        except KeyError:
            raise
    except KeyError as e:
        print(repr(e), e.__context__)
    try:
        raise ValueError('x') from None
    except ValueError as e:
        print(e.__cause__, e.__context__)
outer()
)",
      R"(
try:
    x = 1
    raise ValueError
except ValueError as e:
    print(repr(e), e.args)
try:
    print(e)
except NameError as err:
    print(err)
raise KeyError('last')
)",
      R"(
def f():
    try:
        pass
    except ValueError:
        pass
    else:
        raise ValueError('from else')
    finally:
        print('done')
f()
)",
      R"(
assert 1 + 1 == 2, 'fine'
try:
    assert [], 'empty'
except AssertionError as e:
    print(repr(e))
assert False
)",
  });
}

TEST(PythonPrograms, Names_are_found_as_in_CPython) {
  compare({
      R"(
def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
a = counter()
b = counter()
print(a(), a(5), b(), a())
)",
      R"(
x = 'global'
def f():
    print(x)
def g():
    global x
    x = 'changed'
def h():
    try:
        print(x)
    except UnboundLocalError as e:
        print(e)
    x = 'local'
    del x
    try:
        x
    except NameError as e:
        print(type(e), e)
f()
g()
f()
h()
try:
    undefined
except NameError as e:
    print(e)
try:
    del undefined
except NameError as e:
    print(e)
)",
      R"(
def outer():
    def inner():
        return late
    try:
        inner()
    except NameError as e:
        print(type(e).__name__, e)
    late = 'here'
    return inner
print(outer()())
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
gs = [lambda i=i: i for i in range(3)]
print([g() for g in gs])
i = 'outside'
print([i for i in range(2)], i)
def scopes():
    x = [1, 2]
    return [[x, y] for x in x for y in [x, x + 1]], x
print(scopes())
)",
      R"(
def make(a, b):
    def inner(c):
        def innermost(d):
            return a, b, c, d
        return innermost
    return inner
print(make(1, 2)(3)(4))
print(make.__name__, make(1, 2).__qualname__, (lambda: 0).__qualname__)
def shadow(print=print, len=3):
    return len
print(shadow())
len = lambda x: 'mine'
print(len([]))
del len
print(len([]))
)",
  });
}

TEST(PythonPrograms, Calls_bind_their_arguments_as_in_CPython) {
  compare({
      R"(
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
)",
      R"(
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
)",
      R"(
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
print(fact(20), fib(12))
)",
  });
}

TEST(PythonPrograms, Assignments_and_changes_work_as_in_CPython) {
  compare({
      R"(
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
)",
      R"(
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
)",
      R"(
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
)",
      R"(
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
)",
  });
}

TEST(PythonPrograms, Changing_what_is_walked_over_works_as_in_CPython) {
  compare({
      R"(
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
)",
      R"(
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
)",
      R"(
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
)",
  });
}

TEST(PythonPrograms, Printing_works_as_in_CPython) {
  compare({
      R"(
print()
print(1, 'a', [1, 'b'], None)
print(1, 2, sep='-', end='!\n')
print('x', end='')
print('y', 'z', sep=None, end=None)
for bad in [lambda: print(1, sep=5), lambda: print(1, foo=2)]:
    try:
        bad()
    except TypeError as e:
        print(e)
name = 'world'
width = 10
print(f'{name:>{width}}|{name!r}|{3.14159:.2f}|{1e6:,.0f}')
print(f'{name=} {width + 1=}')
print('multi\nline')
print(__name__)
)",
      R"(
print(repr(ValueError('x')), str(KeyError('k')), str(ValueError()), str(ValueError(1, 2)))
print([ValueError('x')], type(ValueError('x')), ValueError, asyncio.CancelledError, asyncio.TimeoutError)
print(isinstance(TimeoutError(), OSError), isinstance(asyncio.CancelledError(), Exception))
print(repr(OSError(2, 'gone')), OSError(2, 'gone'), OSError(2, 'gone').errno)
print(repr(StopIteration(5).value), repr(SystemExit(3).code))
)",
  });
}

}  // namespace
}  // namespace loopscope::scenarios::test
