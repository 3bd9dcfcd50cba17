"""queue.Queue between threads: bounds, timeouts, join."""
q = queue.Queue(2)


def producer(n):
    for i in range(4):
        q.put((n, i))
        print('put', n, i, q.qsize(), time.monotonic())
        time.sleep(0.1 * n)


def consumer(n):
    while True:
        try:
            item = q.get(timeout=1.0)
        except Exception as e:
            print(n, repr(e), type(e).__name__, time.monotonic())
            return
        print('got', n, item, time.monotonic())
        time.sleep(0.25)
        q.task_done()


ts = [threading.Thread(target=producer, args=(i,)) for i in range(3)]
ts = ts + [threading.Thread(target=consumer, args=(i,)) for i in 'ab']
for t in ts:
    t.start()
time.sleep(0.5)
q.join()
print('joined', time.monotonic())
try:
    q.task_done()
except ValueError as e:
    print(repr(e))
print(q.empty(), q.full(), q.maxsize)
q.put(1)
q.put_nowait(2)
try:
    q.put_nowait(3)
except Exception as e:
    print(type(e).__name__, repr(e))
try:
    q.put(3, timeout=0.5)
except Exception as e:
    print(type(e).__name__, time.monotonic())
try:
    q.put(3, timeout=-1)
except Exception as e:
    print(repr(e))
try:
    q.put(3, False)
except Exception as e:
    print(repr(e))
print(q.get_nowait(), q.get(), q.full())
try:
    q.get_nowait()
except Exception as e:
    print(repr(e))
