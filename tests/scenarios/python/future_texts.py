async def f(x):
    return x
async def main():
    for v in [1, 'a' * 100, 'short', list(range(20)), {'a': 1, 'b': [1, [2, [3, [4, [5, [6, [7]]]]]]]}, (1,), (), [], {1, 2}, None, 1.5, 'é' * 40, {1: 2, 3: 4, 5: 6, 7: 8, 9: 10}, b'x' * 50, ValueError('x' * 50)]:
        t = asyncio.create_task(f(v))
        await t
        print(repr(t).split(' result=')[1])
    one = []
    t = asyncio.create_task(f(one))
    one.append(t)
    await t
    print(repr(t).split(' result=')[1])
    u = asyncio.get_running_loop().create_future()
    u.set_exception(ValueError('x' * 50))
    print(u)
    try:
        await u
    except ValueError:
        pass
asyncio.run(main())
