"""threading, queue and concurrent.futures on simulated threads.

Only the lowest layer is replaced: locks, the start of a thread, its end, SimpleQueue (in C otherwise). Conditions,
events, queues, futures and pools are CPython's own code over these.
"""

import _queue
import asyncio
import concurrent.futures.thread
import os
import queue
import sys
import threading
import time

CPUS = 4


class SimLock:
    """threading.Lock: whoever comes first when it is free gets it; of several who wait, the lowest thread."""

    scheduler = None  # set by install()

    def __init__(self):
        self._locked = False

    def acquire(self, blocking=True, timeout=-1):
        deadline = self._deadline(blocking, timeout)
        if self._locked and (not blocking or not self.scheduler.block(lambda: not self._locked, deadline)):
            return False
        self._locked = True
        return True

    def _deadline(self, blocking, timeout):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError("timeout value must be a non-negative number")
        return None if timeout == -1 else time.monotonic() + timeout

    def release(self):
        if not self._locked:
            raise RuntimeError("release unlocked lock")
        self._locked = False

    def locked(self):
        return self._locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exception):
        self.release()

    def _at_fork_reinit(self):
        self._locked = False

    def __repr__(self):
        return f"<{'locked' if self._locked else 'unlocked'} _thread.lock object at 0x{id(self):x}>"


class SimSimpleQueue(queue._PySimpleQueue):
    """queue.SimpleQueue: an item goes to the lowest thread that waits."""

    def __init__(self):
        self._items = []

    def put(self, item, block=True, timeout=None):
        self._items.append(item)

    def get(self, block=True, timeout=None):
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not self._items and block:
            deadline = None if timeout is None else time.monotonic() + timeout
            SimLock.scheduler.block(lambda: bool(self._items), deadline)
        if not self._items:
            raise _queue.Empty
        return self._items.pop(0)

    put_nowait = put

    def get_nowait(self):
        return self.get(block=False)

    def empty(self):
        return not self._items

    def qsize(self):
        return len(self._items)


def make_thread_start(scheduler):
    def start(self):
        """Thread.start() without the wait for the child: that one can run from now on."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        self._tstate_lock = lock = SimLock()
        lock.acquire()
        if not self.daemon:
            threading._shutdown_locks.add(lock)
        self._ident = scheduler.start(self.name, lambda: run_thread(self, lock)).ident
        threading._active[self._ident] = self
        self._started.set()

    return start


def run_thread(thread, lock):
    """threading's own `_bootstrap_inner`, less what start() has done."""
    try:
        thread.run()
    except BaseException:
        thread._invoke_excepthook(thread)
    finally:
        thread._delete()
        if lock.locked():  # an interrupted join() has released it already
            lock.release()


def install(scheduler):
    """Before the program runs, and before anything that it could share makes a lock."""
    SimLock.scheduler = scheduler
    _replace_locks()
    threading.Thread.start = make_thread_start(scheduler)
    threading._time = queue.time = time.monotonic
    queue.SimpleQueue = SimSimpleQueue
    os.cpu_count = lambda: CPUS
    concurrent.futures.thread._global_shutdown_lock = SimLock()


def _replace_locks():
    threading._CRLock = None  # RLock is written in Python then, over Lock
    threading._allocate_lock = threading.Lock = SimLock
    threading._active_limbo_lock = threading.RLock()
    threading._shutdown_locks_lock = SimLock()
    SimLock.__name__ = SimLock.__qualname__ = "lock"
    SimLock.__module__ = "_thread"


def finish():
    """What the interpreter does when the main module is over: pools and threads come to their end."""
    try:
        threading._shutdown()
    except BaseException as error:
        sys.stderr.write("Exception ignored in: <module 'threading' from '/usr/lib/python3.11/threading.py'>\n"
                         f"{type(error).__name__}: {error}\n")
