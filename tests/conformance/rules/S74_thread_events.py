"""threading.Event: a pulse wakes all that wait; timeouts."""
ev = threading.Event()


def waiter(n):
    print(n, 'waits', time.monotonic())
    print(n, ev.wait(), time.monotonic())
    print(n, ev.wait(0.5), time.monotonic())


def setter():
    time.sleep(1)
    ev.set()
    ev.clear()
    print('pulsed')
    time.sleep(0.25)
    ev.set()
    print('set')


ts = [threading.Thread(target=waiter, args=(i,)) for i in range(3)]
ts.append(threading.Thread(target=setter))
for t in ts:
    t.start()
print(ev.is_set(), ev.wait(0.3), ev.wait(0), ev.wait(-1), time.monotonic())
print(ev.wait(timeout=5), time.monotonic())
for t in ts:
    t.join()
print(ev.is_set())
