"""The simulated threads of a program: OS threads of which exactly one runs, the one that holds the baton.

A thread gives the baton up in `block` alone. The next one is, of those whose wait has become satisfiable, the one with
the lowest id; events of the world come before threads. Time passes only when no thread can run: to the earliest
deadline or event, never over one. (The tool keeps the same rules in core/world.)
"""

import _thread
import heapq
import itertools

_allocate_lock = _thread.allocate_lock  # the real ones: threading gets simulated ones (virtual_threads.py)
_start_new_thread = _thread.start_new_thread
_get_ident = _thread.get_ident

MAIN = 1


class SimThread:
    """One thread of the program, numbered from 1 in order of start."""

    def __init__(self, number, name):
        self.id = number
        self.name = name
        self.ident = None
        self.until = None  # what it is blocked on; None: it can run
        self.deadline = None
        self.over = False
        self.baton = _allocate_lock()
        self.baton.acquire()


class Agenda:
    """What will happen outside the program, by time; at one time in order of scheduling."""

    def __init__(self):
        self._heap = []
        self._counter = itertools.count()
        self.acting = False  # what happens now happens outside, whichever thread holds the baton

    def schedule(self, at, action):
        heapq.heappush(self._heap, (at, next(self._counter), action))

    def next_time(self):
        return self._heap[0][0] if self._heap else None

    def run_due(self, now):
        while self._heap and self._heap[0][0] <= now:
            self.acting = True
            heapq.heappop(self._heap)[2]()
            self.acting = False


class Scheduler:
    """`on_deadlock()` is called when nothing can ever run again; it does not return."""

    def __init__(self, clock, on_deadlock):
        self._clock = clock
        self._on_deadlock = on_deadlock
        self.agenda = Agenda()
        main = SimThread(MAIN, "MainThread")
        main.ident = _get_ident()
        self._threads = [main]
        self.running = main
        self._interrupts = []
        self.on_thread = lambda what, thread: None

    def start(self, name, body):
        """Makes a thread that can run from now on; the caller goes on."""
        thread = SimThread(len(self._threads) + 1, name)
        known = _allocate_lock()
        known.acquire()
        _start_new_thread(self._run, (thread, body, known))
        known.acquire()  # the OS thread has told its ident
        self._threads.append(thread)
        self.on_thread("started", thread)
        return thread

    def _run(self, thread, body, known):
        thread.ident = _get_ident()
        known.release()
        thread.baton.acquire()
        body()
        self.on_thread("ended", thread)
        thread.over = True
        self._give_baton(self._choose())

    def block(self, until, deadline=None):
        """Waits until `until()` holds or the clock reads `deadline`; whether `until()` holds."""
        self.agenda.run_due(self._clock.now)
        self.run_interrupts()
        me = self.running
        if until():
            return True
        while not self._is_over(deadline):
            me.until, me.deadline = until, deadline
            try:
                self._switch(me)
            finally:
                me.until = None
            self.run_interrupts()
            if until():
                return True
        return False

    def interrupt_main(self, handler):
        """The main thread runs `handler` before it goes on; blocked, it wakes for it and then waits for the rest."""
        self._interrupts.append(handler)

    def run_interrupts(self):
        while self.running.id == MAIN and self._interrupts:
            self._interrupts.pop(0)()

    def _is_over(self, deadline):
        return deadline is not None and deadline <= self._clock.now

    def _can_run(self, thread):
        if thread.over:
            return False
        if thread.until is None or (thread.id == MAIN and self._interrupts):
            return True
        return self._is_over(thread.deadline) or thread.until()

    def _choose(self):
        while True:
            self.agenda.run_due(self._clock.now)
            for thread in self._threads:
                if self._can_run(thread):
                    return thread
            self._pass_time()

    def _pass_time(self):
        """Nothing can run now, so everything that ends by itself ends later."""
        times = [thread.deadline for thread in self._threads if not thread.over and thread.deadline is not None]
        if (event := self.agenda.next_time()) is not None:
            times.append(event)
        if not times:
            self._on_deadlock()
        self._clock.advance_to(min(times))

    def _give_baton(self, thread):
        self.running = thread
        thread.baton.release()

    def _switch(self, me):
        chosen = self._choose()
        if chosen is not me:
            self._give_baton(chosen)
            me.baton.acquire()
