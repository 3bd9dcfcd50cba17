"""threading.Lock: contention, timeouts, misuse; joining threads and their names."""
lock = threading.Lock()


def f(name, d):
    for i in range(3):
        with lock:
            print(name, i, time.monotonic(), lock.locked())
            time.sleep(d)


ts = [threading.Thread(target=f, args=(n, d)) for n, d in [('a', 0.1), ('b', 0.2), ('c', 0.3)]]
for t in ts:
    t.start()
print(lock.acquire(timeout=0.05))
print(lock.acquire(False), time.monotonic())
for t in ts:
    t.join()
    print(t.name, t.is_alive(), time.monotonic())
try:
    lock.release()
except RuntimeError as e:
    print(repr(e))
try:
    lock.acquire(False, 1)
except ValueError as e:
    print(repr(e))
try:
    lock.acquire(True, -3)
except ValueError as e:
    print(repr(e))
try:
    ts[0].start()
except RuntimeError as e:
    print(repr(e))
try:
    threading.current_thread().join()
except RuntimeError as e:
    print(repr(e))
t = threading.Thread(target=f)
try:
    t.join()
except RuntimeError as e:
    print(repr(e))
print(t.name, t.daemon, t.ident, t.is_alive())
t2 = threading.Thread(target=f, name='x', daemon=True)
print(t2.name, t2.daemon)
t3 = threading.Thread()
print(t3.name)
t3.name = 'renamed'
print(t3.name)
t3.start()
t3.join(0)
print(threading.current_thread().name, threading.get_ident() == threading.current_thread().ident)
