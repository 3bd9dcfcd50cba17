"""A deadlock over two threads."""
lock = threading.Lock()


def f(name):
    lock.acquire()
    print(name, lock.locked())


t = threading.Thread(target=f, args=('a',))
t.start()
print(lock.acquire(timeout=0.05))
t.join()
