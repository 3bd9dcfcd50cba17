"""The world that a program under the harness sees: one clock that jumps, threads that take turns, and no other outside.

Time starts at 0.0 and passes only where a thread blocks: in a select that nothing wakes (`now + timeout`, IEEE
addition), in `time.sleep(s)` and `work(s)` (`now + s`), and in waits for other threads. Everything that blocks goes
through `Scheduler.block`.
"""

import time

import virtual_pools
import virtual_selector
import virtual_sockets
import virtual_threads
from scheduler import Scheduler
from virtual_network import Network
from virtual_signals import VirtualSignals

_real_sleep = time.sleep


class VirtualClock:
    """Seconds since the start of the run. Never goes back."""

    def __init__(self):
        self.now = 0.0

    def advance_to(self, when):
        self.now = max(self.now, when)

    def nanoseconds(self):
        return round(self.now * 1e9)

    def install(self):
        """Every clock of the `time` module shows `now`; asyncio reads them through the module."""
        for name in ("time", "monotonic", "perf_counter", "process_time"):
            setattr(time, name, lambda: self.now)
            setattr(time, name + "_ns", self.nanoseconds)


class VirtualWorld:
    """The clock, the threads, the network and the signals: everything outside the program, and what can block it."""

    def __init__(self, on_deadlock, on_terminated):
        self.clock = VirtualClock()
        self.threads = Scheduler(self.clock, on_deadlock)
        self.network = Network(self)
        self.signals = VirtualSignals(self.threads, self.network, on_terminated)

    def install(self):
        self.clock.install()
        time.sleep = self.sleep
        virtual_threads.install(self.threads)
        virtual_pools.install()
        virtual_selector.install(self)
        virtual_sockets.install(self)
        self.signals.install()

    def sleep(self, seconds):
        _real_sleep(0 if _is_positive_number(seconds) else seconds)  # lets CPython refuse what it refuses
        self.work(seconds)

    sleep.__qualname__ = "sleep"  # programs print it

    def work(self, seconds):
        """Burns CPU: on the virtual clock this differs from sleeping only in its name."""
        self.threads.block(lambda: False, self.clock.now + seconds)


def _is_positive_number(value):
    return isinstance(value, (int, float)) and value > 0
