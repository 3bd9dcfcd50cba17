"""The world that a program under the harness sees: one clock that jumps, and a selector that waits on it.

Time starts at 0.0 and passes only in three ways: a select that nothing wakes (`now + timeout`, IEEE addition),
`time.sleep(s)` and `work(s)` (`now + s`). Everything that blocks goes through `VirtualWorld`, so that simulated
threads, scripted peers and signals have one place to be added to.
"""

import selectors
import time

_real_sleep = time.sleep


class VirtualClock:
    """Seconds since the start of the run. Never goes back."""

    def __init__(self):
        self.now = 0.0

    def advance(self, seconds):
        if seconds > 0:
            self.now = self.now + seconds

    def nanoseconds(self):
        return round(self.now * 1e9)

    def install(self):
        """Every clock of the `time` module shows `now`; asyncio reads them through the module."""
        for name in ("time", "monotonic", "perf_counter", "process_time"):
            setattr(time, name, lambda: self.now)
            setattr(time, name + "_ns", self.nanoseconds)


class VirtualWorld:
    """What can block a program, and what happens then. `on_deadlock()` is called when nothing can ever happen."""

    def __init__(self, on_deadlock):
        self.clock = VirtualClock()
        self._on_deadlock = on_deadlock

    def install(self):
        self.clock.install()
        time.sleep = self.sleep

    def sleep(self, seconds):
        _real_sleep(0 if _is_positive_number(seconds) else seconds)  # lets CPython refuse what it refuses
        self.clock.advance(seconds)

    def work(self, seconds):
        """Burns CPU: on the virtual clock this differs from sleeping only in its name."""
        self.clock.advance(seconds)

    def wait(self, poll, timeout):
        """Waits for `poll()` to return something, at most `timeout` seconds (None: for ever)."""
        found = poll()
        if found or (timeout is not None and timeout <= 0):
            return found
        if timeout is None:
            self._on_deadlock()
        self.clock.advance(timeout)
        return poll()


class VirtualSelector(selectors.EpollSelector):
    """Real registrations and real readiness (the self-pipe), virtual waiting."""

    def __init__(self, world):
        super().__init__()
        self._world = world
        self.on_select_entered = lambda: None
        self.on_select_left = lambda timeout, fds: None

    def select(self, timeout=None):
        self.on_select_entered()
        found = self._world.wait(lambda: selectors.EpollSelector.select(self, 0), timeout)
        self.on_select_left(timeout, len(found))
        return found


def _is_positive_number(value):
    return isinstance(value, (int, float)) and value > 0
