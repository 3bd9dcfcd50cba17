"""selectors on simulated descriptors: epoll's rules, level-triggered, in the order of its ready list."""

import errno
import select
import selectors

from virtual_socket import READ, WRITE, error


class Watch:
    def __init__(self, mask):
        self.mask = mask
        self.stale = False  # its descriptor was closed
        self.listed = False


class Epoll:
    """The kernel's side: what is watched, and a list of what may be ready, in the order in which it became so."""

    world = None  # set by install()

    def __init__(self):
        self._network = self.world.network
        self._watches = {}
        self._ready = []
        self._fd = self._network.attach(self)

    def fileno(self):
        return self._fd

    def _check_open(self):
        if self._fd is None:
            raise ValueError("I/O operation on closed epoll object")

    def register(self, fd, events):
        self._check_open()
        self._network.check_open(fd)
        if fd in self._watches and not self._watches[fd].stale:
            raise error(errno.EEXIST)
        self._watches[fd] = Watch(self._mask(events))
        self._list_if_ready(fd)

    def modify(self, fd, events):
        self._check_watched(fd)
        self._watches[fd].mask = self._mask(events)
        self._list_if_ready(fd)

    def unregister(self, fd):
        self._check_watched(fd)
        self._forget(fd)
        del self._watches[fd]

    def _check_watched(self, fd):
        self._network.check_open(fd)
        if fd not in self._watches or self._watches[fd].stale:
            raise error(errno.ENOENT)

    def close(self):
        if self._fd is not None:
            self._network.detach(self, self._fd)
            self._fd = None

    __del__ = close

    def wait(self, timeout):
        """Blocks for exactly `timeout` seconds: a real epoll would wait for whole milliseconds."""
        self._check_open()
        now = self.world.clock.now
        self.world.threads.block(self._any_ready, None if timeout is None else now + max(timeout, 0))

    def poll(self, timeout, most):
        """What is ready now. Whatever is reported goes to the end of the list: it may be ready again."""
        found, rest = [], self._ready
        self._ready = []
        for fd in rest:
            self._watches[fd].listed = False
            if len(found) == most:
                self._list(fd)
            elif mask := self._ready_for(fd):
                found.append((fd, self._events(mask)))
        for fd, _ in found:
            self._list(fd)
        return found

    @staticmethod
    def _mask(events):
        return (READ if events & select.EPOLLIN else 0) | (WRITE if events & select.EPOLLOUT else 0)

    @staticmethod
    def _events(mask):
        return (select.EPOLLIN if mask & READ else 0) | (select.EPOLLOUT if mask & WRITE else 0)

    def notify(self, fd, good_for):
        watch = self._watches.get(fd)
        if watch is not None and not watch.stale and watch.mask & good_for:
            self._list(fd)

    def drop(self, fd):
        if fd in self._watches:
            self._watches[fd].stale = True
            self._forget(fd)

    def _any_ready(self):
        return any(self._ready_for(fd) for fd in self._ready)

    def _ready_for(self, fd):
        return self._network.readiness(fd) & self._watches[fd].mask

    def _list_if_ready(self, fd):
        if self._ready_for(fd):
            self._list(fd)

    def _list(self, fd):
        if not self._watches[fd].listed:
            self._watches[fd].listed = True
            self._ready.append(fd)

    def _forget(self, fd):
        self._ready = [other for other in self._ready if other != fd]
        if fd in self._watches:
            self._watches[fd].listed = False


class VirtualSelector(selectors.EpollSelector):
    """What `selectors.DefaultSelector` is under the harness: CPython's, over a simulated epoll."""

    _selector_cls = Epoll

    def __init__(self):
        super().__init__()
        self.on_select_entered = lambda: None
        self.on_select_left = lambda timeout, fds: None

    def select(self, timeout=None):
        self.on_select_entered()
        found = []
        try:
            self._selector.wait(timeout)
            found = super().select(0)
        finally:
            self.on_select_left(timeout, len(found))
        return found


def install(world):
    Epoll.world = world
    VirtualSelector.__name__ = VirtualSelector.__qualname__ = "EpollSelector"
    VirtualSelector.__module__ = "selectors"
    selectors.DefaultSelector = selectors.EpollSelector = VirtualSelector
