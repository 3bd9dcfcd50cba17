"""The end of a program waits for threads and pools, not for daemons."""
def late(n, d):
    time.sleep(d)
    print('late', n, time.monotonic())
    if n == 'starter':
        threading.Thread(target=late, args=('child', 1)).start()


threading.Thread(target=late, args=('daemon', 9), daemon=True).start()
threading.Thread(target=late, args=('starter', 2)).start()
pool = concurrent.futures.ThreadPoolExecutor(1)
pool.submit(late, 'job1', 1)
pool.submit(late, 'job2', 1.5)
def bad():
    time.sleep(0.5)
    raise KeyError('x')
threading.Thread(target=bad).start()
def leave():
    raise SystemExit(3)
threading.Thread(target=leave).start()
print('main ends')
raise RuntimeError('main')
