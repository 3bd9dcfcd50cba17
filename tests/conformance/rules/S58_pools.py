"""concurrent.futures: workers, results, timeouts, cancellation, map, shutdown."""
def job(n, d):
    print('begin', n, threading.current_thread().name, time.monotonic())
    time.sleep(d)
    if n == 3:
        raise ValueError(n)
    return n * 10


def cb(f):
    print('done', f.done(), f.cancelled(), threading.current_thread().name, time.monotonic())


pool = concurrent.futures.ThreadPoolExecutor(max_workers=2)
fs = []
for i in range(6):
    f = pool.submit(job, i, 0.1 * (i + 1))
    f.add_done_callback(cb)
    fs.append(f)
print(fs[0].running(), fs[5].running(), fs[5].done())
print(fs[5].cancel(), fs[0].cancel(), fs[5].cancelled())
print(fs[0].result())
try:
    fs[1].result(timeout=0.05)
except TimeoutError as e:
    print(repr(e), time.monotonic())
try:
    fs[3].result()
except ValueError as e:
    print(repr(e), time.monotonic())
print(repr(fs[3].exception()), fs[2].exception())
try:
    fs[5].result()
except Exception as e:
    print(type(e).__name__, type(e), time.monotonic())
pool.shutdown()
print('shut', time.monotonic())
fs[0].add_done_callback(cb)
try:
    pool.submit(job, 1, 1)
except RuntimeError as e:
    print(repr(e))
with concurrent.futures.ThreadPoolExecutor(3, 'pre') as p:
    for r in p.map(job, [0, 1, 2], [0.3, 0.2, 0.1]):
        print('map', r, time.monotonic())
    try:
        for r in p.map(job, [3, 1], [0.1, 0.2]):
            print(r)
    except ValueError as e:
        print(repr(e), time.monotonic())
p2 = concurrent.futures.ThreadPoolExecutor(max_workers=1)
a = p2.submit(job, 7, 1)
b = p2.submit(job, 8, 1)
p2.shutdown(wait=False, cancel_futures=True)
print(a.cancelled(), b.cancelled(), time.monotonic())
try:
    concurrent.futures.ThreadPoolExecutor(0)
except ValueError as e:
    print(repr(e))
print('end', time.monotonic())
