"""Selectors that wait on the virtual world."""

import selectors


class VirtualSelector(selectors.EpollSelector):
    """Real registrations and real readiness (the self-pipe), virtual waiting."""

    def __init__(self, world):
        super().__init__()
        self._world = world
        self.on_select_entered = lambda: None
        self.on_select_left = lambda timeout, fds: None

    def select(self, timeout=None):
        self.on_select_entered()
        found = []
        try:
            found = self._world.wait(lambda: selectors.EpollSelector.select(self, 0), timeout)
        finally:
            self.on_select_left(timeout, len(found))
        return found
