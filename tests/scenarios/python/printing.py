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
# ---
print(repr(ValueError('x')), str(KeyError('k')), str(ValueError()), str(ValueError(1, 2)))
print([ValueError('x')], type(ValueError('x')), ValueError, asyncio.CancelledError, asyncio.TimeoutError)
print(isinstance(TimeoutError(), OSError), isinstance(asyncio.CancelledError(), Exception))
print(repr(OSError(2, 'gone')), OSError(2, 'gone'), OSError(2, 'gone').errno)
print(repr(StopIteration(5).value), repr(SystemExit(3).code))
