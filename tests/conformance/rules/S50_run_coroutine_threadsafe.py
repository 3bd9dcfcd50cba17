"""A coroutine given to a loop on another thread: results, errors, timeouts, cancellation, callbacks."""
async def nap(n, d):
    print('nap', n, threading.current_thread().name)
    await asyncio.sleep(d)
    if n == 'bad':
        raise ValueError('bad')
    return n


def run(loop):
    asyncio.set_event_loop(loop)
    loop.run_forever()
    print('loop left')
    loop.close()


loop = asyncio.new_event_loop()
t = threading.Thread(target=run, args=(loop,), name='loop-thread')
t.start()
f = asyncio.run_coroutine_threadsafe(nap('a', 1), loop)
print(f.done())
print(f.result(), time.monotonic())
f = asyncio.run_coroutine_threadsafe(nap('bad', 0.5), loop)
try:
    f.result()
except ValueError as e:
    print(repr(e), time.monotonic())
f = asyncio.run_coroutine_threadsafe(nap('slow', 5), loop)
try:
    f.result(0.5)
except TimeoutError as e:
    print(repr(e), time.monotonic())
print(f.cancel(), f.cancelled(), f.done())
try:
    f.result()
except Exception as e:
    print(type(e))
f.add_done_callback(lambda x: print('cb', x is f, threading.current_thread().name))
fs = [asyncio.run_coroutine_threadsafe(nap(i, 0.3), loop) for i in range(3)]
for f in fs:
    f.add_done_callback(lambda x: print('done', x.result(), threading.current_thread().name))
print([f.result() for f in fs], time.monotonic())
try:
    asyncio.run_coroutine_threadsafe(3, loop)
except TypeError as e:
    print(repr(e))
loop.call_soon_threadsafe(loop.stop)
t.join()
print(loop.is_closed())
try:
    loop.call_soon_threadsafe(print)
except RuntimeError as e:
    print(repr(e))
