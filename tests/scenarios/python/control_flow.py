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
# ---
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
# ---
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
# ---
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
# ---
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
# ---
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
# ---
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
# ---
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
# ---
assert 1 + 1 == 2, 'fine'
try:
    assert [], 'empty'
except AssertionError as e:
    print(repr(e))
assert False
