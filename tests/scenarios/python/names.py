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
# ---
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
# ---
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
# ---
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
# ---
def logged(fn):
    def wrapper(*args):
        return fn(*args)
    wrapper.__name__ = fn.__name__
    wrapper.__doc__ = 'kept'
    wrapper.__wrapped__ = fn
    wrapper.__module__ = fn.__module__
    return wrapper
def named(value):
    return value
async def waits():
    pass
def gives():
    yield
loud = logged(named)
print(loud.__name__, loud.__qualname__, loud.__doc__, loud.__wrapped__ is named, loud.__module__, loud(1))
for function in (named, waits, gives):
    function.__name__ = 'short'
    function.__qualname__ = 'long.name'
print(repr(named).split(' at ')[0], named.__name__)
coroutine, generator = waits(), gives()
print(coroutine.__name__, coroutine.__qualname__, generator.__name__, generator.__qualname__)
print(repr(coroutine).split(' at ')[0], repr(generator).split(' at ')[0])
coroutine.close()
try:
    named()
except TypeError as error:
    print(error)
try:
    named.__name__ = 5
except TypeError as error:
    print(error)
