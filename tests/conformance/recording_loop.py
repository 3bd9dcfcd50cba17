"""CPython's own event loop on the virtual world, watched while it works.

The loop's logic is asyncio's, unchanged: the subclass only hands it another selector and looks on. The end of a phase
shows in what `_run_once` asks of its ready queue: the first `len()` after `_process_events` is the snapshot, every
`popleft()` is the next handle, and a task's first `append()` is its creation.
"""

import asyncio
import collections
import itertools
import weakref
from asyncio import constants, tasks

import program_warnings
from ordered_sets import InsertionWeakSet
from recorder import CALLBACK_FAILED, CONNECTED_FAILED, SHUTDOWN_FAILED, describe
from scheduler import MAIN
from virtual_selector import VirtualSelector

OWN_CALLS = 2  # of the watched loop, between asyncio's


class ReadyQueue(collections.deque):
    """`loop._ready`, telling a probe when it is filled, measured and popped."""

    def watch(self, probe):
        self._probe = probe
        return self

    def __len__(self):
        length = super().__len__()
        self._probe.ready_measured(length)
        return length

    def __bool__(self):
        return super().__len__() > 0

    def append(self, handle):
        super().append(handle)
        self._probe.handle_queued(handle)

    def popleft(self):
        handle = super().popleft()
        self._probe.handle_popped(handle)
        return handle


class LoopProbe:
    """Turns what one loop does into events of the report."""

    def __init__(self, loop, loop_id, watch):
        self.loop = weakref.proxy(loop)
        self.id = loop_id
        self.iteration = None
        self._watch = watch
        self._recorder = watch.recorder
        self._count = 0
        self._stepping = None
        self._timers_at_begin = 0
        self._purged = 0
        self._ready_before_timers = None

    def lifecycle(self, what):
        self._recorder.add("loop", loop=self.id, what=what)

    def reported(self, context):
        for what in (CALLBACK_FAILED, CONNECTED_FAILED, SHUTDOWN_FAILED):
            if context.get("message", "").startswith(what):
                self._recorder.add("reported", loop=self.id, what=what, error=describe(context["exception"]))
        if rule := program_warnings.rule_of_log(context.get("message", "")):
            self._recorder.add("warning", loop=self.id, rule=rule)
            self._recorder.warnings.append(context.get("message", ""))

    def begin_iteration(self):
        self._count += 1
        self.iteration = self._count
        self._timers_at_begin = len(self.loop._scheduled)
        self._watch.entered(self)
        self._watch.count_iteration()
        self._recorder.add("iteration")

    def end_iteration(self):
        self._finish_step()
        self._ready_before_timers = None
        self._watch.left(self)
        self.iteration = None

    def select_entered(self):
        self._purged = self._timers_at_begin - len(self.loop._scheduled)

    def select_left(self, timeout, fds):
        self._recorder.add("select", timeout=timeout, fds=fds, purged=self._purged)

    def io_processed(self):
        self._ready_before_timers = collections.deque.__len__(self.loop._ready)

    def ready_measured(self, length):
        if self._ready_before_timers is None:
            return
        due = itertools.islice(self.loop._ready, self._ready_before_timers, None)
        self._ready_before_timers = None
        self._recorder.add("ready", count=length, promoted=[handle.when() for handle in due])

    def handle_queued(self, handle):
        task = stepped_task(handle)
        if task is not None and task not in self._watch.births:
            self._watch.births.register(task, self._recorder.add("created", loop=self.id, task=task.get_name()))

    def handle_popped(self, handle):
        self._finish_step()
        if handle._cancelled:
            self._recorder.add("skipped")
            return
        task = stepped_task(handle)
        if task is not None:
            self._recorder.add("step", task=task.get_name())
            self._stepping = task

    def step_may_be_over(self):
        if self._stepping is not None and self._stepping.done():
            self._finish_step()

    def _finish_step(self):
        task, self._stepping = self._stepping, None
        if task is not None and task.done():
            self._recorder.add("end", task=task.get_name(), outcome=outcome_of(task))


def stepped_task(handle):
    """The task whose step `handle` runs, first or later; None for any other callback."""
    callback = handle._callback
    task = getattr(callback, "__self__", None)
    if not isinstance(task, asyncio.Task):
        return None
    is_step = type(callback).__name__ == "TaskStepMethWrapper"
    is_wakeup = getattr(callback, "__name__", None) == "task_wakeup"
    return task if is_step or is_wakeup else None


def outcome_of(task):
    """Reads `_exception`: `exception()` would count as retrieving it."""
    if task.cancelled():
        return "cancelled"
    return "returned" if task._exception is None else "raised"


class Births:
    """Numbers tasks in order of creation, without keeping them alive, and knows what was reported of it."""

    def __init__(self):
        self._numbers = weakref.WeakKeyDictionary()
        self._events = weakref.WeakKeyDictionary()
        self._next = itertools.count(1)

    def __contains__(self, task):
        return task in self._numbers

    def register(self, task, event):
        self._numbers[task] = next(self._next)
        self._events[task] = event

    def number(self, task):
        return self._numbers[task]

    def install(self):
        """`asyncio.create_task` names a task after its creation; reported is the name that it returns with."""
        set_name = tasks._set_task_name

        def set_task_name(task, name):
            set_name(task, name)
            if task in self._events:
                self._events[task]["task"] = task.get_name()

        tasks._set_task_name = set_task_name


class LoopWatch:
    """All loops of a run: numbers them, and knows which one is in an iteration on which thread."""

    def __init__(self, world, recorder, options, on_limit):
        self.world = world
        self.recorder = recorder
        self.births = Births()
        self._loops = itertools.count(1)
        self._iterations = 0
        self._max_iterations = options.max_iterations
        self.slow_callback = options.slow_callback
        self._on_limit = on_limit
        self._probes = {}
        self._inside = {}
        recorder.thread = self._thread
        recorder.before = self._finish_step
        recorder.loop = lambda: self._inside.get(self._thread())
        recorder.iteration_of = lambda loop: self._probes[loop].iteration if loop in self._probes else None

    def _thread(self):
        return MAIN if self.world.threads.agenda.acting else self.world.threads.running.id

    def _finish_step(self):
        """A step's end is seen late, by what comes after it."""
        if (loop := self._inside.get(self._thread())) is not None:
            self._probes[loop].step_may_be_over()

    def probe(self, loop):
        probe = LoopProbe(loop, next(self._loops), self)
        self._probes[probe.id] = probe
        return probe

    def entered(self, probe):
        self._inside[self._thread()] = probe.id

    def left(self, probe):
        del self._inside[self._thread()]

    def count_iteration(self):
        if self._max_iterations is not None and self._iterations >= self._max_iterations:
            self._on_limit("iterations")
        self._iterations += 1

    def install(self):
        """Every loop that the program makes from now on is a watched one."""
        loop_class = make_loop_class(self)
        self.births.install()
        constants.DEBUG_STACK_DEPTH += OWN_CALLS

        class Policy(asyncio.DefaultEventLoopPolicy):
            _loop_factory = loop_class

        asyncio.SelectorEventLoop = loop_class
        asyncio.set_event_loop_policy(Policy())


def make_loop_class(watch):
    class WatchedLoop(asyncio.SelectorEventLoop):
        def __init__(self, selector=None):
            selector = VirtualSelector()
            super().__init__(selector)
            self._probe = watch.probe(self)
            self.slow_callback_duration = watch.slow_callback
            self._ready = ReadyQueue(self._ready).watch(self._probe)
            self._asyncgens = InsertionWeakSet()
            selector.on_select_entered = self._probe.select_entered
            selector.on_select_left = self._probe.select_left
            self._probe.lifecycle("created")

        def _run_once(self):
            self._probe.begin_iteration()
            try:
                super()._run_once()
            finally:
                self._probe.end_iteration()

        def _process_events(self, event_list):
            super()._process_events(event_list)
            self._probe.io_processed()

        def call_exception_handler(self, context):
            self._probe.reported(context)
            super().call_exception_handler(context)

        def run_forever(self):
            may_run = not self.is_closed() and not self.is_running() and asyncio._get_running_loop() is None
            if not may_run:
                return super().run_forever()
            self._probe.lifecycle("run")
            try:
                super().run_forever()
            finally:
                self._probe.lifecycle("idle")

        def close(self):
            was_open = not self.is_closed()
            super().close()
            if was_open:
                self._probe.lifecycle("closed")

    _take_identity(WatchedLoop, asyncio.SelectorEventLoop)
    return WatchedLoop


def _take_identity(loop_class, original):
    """Programs print their loop: `<_UnixSelectorEventLoop running=True …>`."""
    loop_class.__name__ = original.__name__
    loop_class.__qualname__ = original.__qualname__
    loop_class.__module__ = original.__module__
