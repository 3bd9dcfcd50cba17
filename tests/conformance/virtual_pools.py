"""concurrent.futures.ProcessPoolExecutor whose processes are simulated threads over a copy of the program's globals.

All processes are made with the first job, as by fork; arguments and results go through pickle as they do between real
processes, and what pickle refuses becomes the job's error.
"""

import concurrent.futures
import concurrent.futures.thread
import copy
import itertools
import pickle
import queue
import sys
import threading
import traceback
import types
from concurrent.futures import process

_numbers = itertools.count(1)


class ForkedGlobals:
    """What a process has of the main module: values copied, functions bound to the copies."""

    def __init__(self):
        self._original = sys.modules["__main__"].__dict__
        self._copy, memo = {}, {}
        for name, value in self._original.items():
            self._copy[name] = self.function(value) if self._is_own(value) else self._copied(value, memo)

    def _is_own(self, value):
        return isinstance(value, types.FunctionType) and value.__globals__ is self._original

    def function(self, function):
        """The process's own version of a function of the main module; anything else as it is."""
        if not self._is_own(function):
            return function
        forked = types.FunctionType(function.__code__, self._copy, function.__name__, function.__defaults__,
                                    function.__closure__)
        forked.__kwdefaults__, forked.__qualname__ = function.__kwdefaults__, function.__qualname__
        forked.__module__ = function.__module__
        return forked

    @staticmethod
    def _copied(value, memo):
        try:
            pickle.dumps(value)
            return copy.deepcopy(value, memo)
        except Exception:  # a lock, a loop, a task: a process would have it, but of no use
            return copy.copy(value) if isinstance(value, (list, dict, set)) else value


def run_job(job, forked):
    """Sets the future of a job; never raises."""
    if not job.future.set_running_or_notify_cancel():
        return
    try:
        function, args, kwargs = pickle.loads(pickle.dumps((job.function, job.args, job.kwargs)))
        result = pickle.loads(pickle.dumps(forked.function(function)(*args, **kwargs)))
    except BaseException as error:
        told = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        error.__cause__ = process._RemoteTraceback(f'\n"""\n{told}"""')
        job.future.set_exception(error)
    else:
        job.future.set_result(result)


class Job:
    def __init__(self, function, args, kwargs):
        self.future = concurrent.futures.Future()
        self.function, self.args, self.kwargs = function, args, kwargs


def serve(jobs, forked, pool_shut_down):
    while True:
        job = jobs.get()
        if job is not None:
            run_job(job, forked)
            del job
        elif pool_shut_down() or concurrent.futures.thread._shutdown:
            jobs.put(None)
            return


class SimProcessPoolExecutor(concurrent.futures.Executor):
    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=()):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._max_workers = max_workers or 4
        self._jobs = queue.SimpleQueue()
        self._workers = []
        self._state = {"shut_down": False}

    def submit(self, fn, /, *args, **kwargs):
        if self._state["shut_down"]:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if concurrent.futures.thread._shutdown:
            raise RuntimeError("cannot schedule new futures after interpreter shutdown")
        job = Job(fn, args, kwargs)
        self._jobs.put(job)
        while len(self._workers) < self._max_workers:
            self._add_worker()
        return job.future

    def _add_worker(self):
        state = self._state
        worker = threading.Thread(name=f"ForkProcess-{next(_numbers)}", target=serve,
                                  args=(self._jobs, ForkedGlobals(), lambda: state["shut_down"]))
        worker.start()
        self._workers.append(worker)
        concurrent.futures.thread._threads_queues[worker] = self._jobs

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._state["shut_down"] = True
        while cancel_futures and not self._jobs.empty():
            if (job := self._jobs.get()) is not None:
                job.future.cancel()
        self._jobs.put(None)
        if wait:
            for worker in self._workers:
                worker.join()

    def __del__(self):
        self._state["shut_down"] = True
        self._jobs.put(None)


def install():
    SimProcessPoolExecutor.__name__ = SimProcessPoolExecutor.__qualname__ = "ProcessPoolExecutor"
    concurrent.futures.ProcessPoolExecutor = process.ProcessPoolExecutor = SimProcessPoolExecutor
