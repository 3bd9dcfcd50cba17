import asyncio
async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    def one(x): print('one', x.result())
    def two(x): print('two', x.done())
    f.add_done_callback(one); f.add_done_callback(two); f.add_done_callback(one)
    print(f.remove_done_callback(one))
    f.add_done_callback(one)
    loop.call_later(1, f.set_result, 'hi')
    print(await f)
    await asyncio.sleep(0)
    f.add_done_callback(two)
    print('late'); await asyncio.sleep(0)
    try: f.set_result(1)
    except asyncio.InvalidStateError as e: print('invalid', e)
    g = loop.create_future()
    try: g.result()
    except asyncio.InvalidStateError as e: print(e)
    try: g.exception()
    except asyncio.InvalidStateError as e: print(e)
    g.set_exception(ValueError('bad'))
    print(repr(g.exception()))
    try: await g
    except ValueError as e: print('caught', e)
    h = loop.create_future()
    print(h.cancel('why'), h.cancel(), h.cancelled())
    try: await h
    except asyncio.CancelledError as e: print(e.args)
    async def waits(f, n):
        try: print(n, await f)
        except asyncio.CancelledError: print(n, 'cancelled'); raise
    k = loop.create_future()
    ts = [asyncio.create_task(waits(k, i)) for i in range(3)]
    await asyncio.sleep(0.1)
    ts[0].cancel()
    try: await ts[0]
    except asyncio.CancelledError: print('k', k.cancelled())
    try: await ts[1]
    except asyncio.CancelledError: print('1')
    lost = loop.create_future(); lost.set_exception(ValueError('lost'))
    loop.set_exception_handler(lambda l, c: print('handler:', c['message'][:21]))
    del lost
    def raises(x): raise KeyError('cb')
    m = loop.create_future(); m.add_done_callback(raises); m.set_result(None)
    await asyncio.sleep(0)
    t = asyncio.create_task(waits(loop.create_future(), 'x'))
    await asyncio.sleep(0)
    try: t.set_result(1)
    except RuntimeError as e: print(e)
    t.cancel()
    await asyncio.wait([t])
    print(t.cancelled(), t.cancelling())
asyncio.run(main())
