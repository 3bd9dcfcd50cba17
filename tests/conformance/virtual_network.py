"""The descriptors of a program, and the addresses at which its sockets and scripted peers reach each other.

The lowest free number is given out, as in a fresh process; nothing but 127.0.0.1 is reachable.
"""

import errno

from virtual_socket import READ, WRITE, Stream, error, join

FIRST_FD, MOST_FDS = 3, 1024
FREE_PORTS = range(32768, 60999)
TIME_WAIT = 60  # seconds for which the port of a connection that this side closed first stays taken
ANY_HOST, LOOPBACK = "0.0.0.0", "127.0.0.1"


def overlap(first, second):
    return first[1] == second[1] and (first[0] == second[0] or ANY_HOST in (first[0], second[0]))


class Network:
    def __init__(self, world):
        self._world = world
        self._open = {}  # Stream, or None for a selector's own
        self._epolls = []
        self._time_waits = []
        self._last_port = FREE_PORTS[0] - 1

    # --- descriptors

    def attach(self, epoll):
        self._epolls.append(epoll)
        return self._give_fd(None)

    def detach(self, epoll, fd):
        self._epolls.remove(epoll)
        self.close(fd)

    def open(self, stream=None):
        return self._give_fd(self.make_stream() if stream is None else stream)

    def open_pair(self):
        first, second = self.make_stream(), self.make_stream()
        join(first, second)
        first.on_time_wait = second.on_time_wait = lambda stream: None
        return self._give_fd(first), self._give_fd(second)

    def make_stream(self):
        stream = Stream()
        stream.on_change = self._changed
        stream.on_time_wait = self._hold_port
        return stream

    def _give_fd(self, stream):
        fd = next((fd for fd in range(FIRST_FD, MOST_FDS) if fd not in self._open), None)
        if fd is None:
            raise error(errno.EMFILE)
        self._open[fd] = stream
        return fd

    def close(self, fd):
        stream = self._open.pop(fd)
        for epoll in self._epolls:
            epoll.drop(fd)
        if stream is not None:
            stream.close()

    def check_open(self, fd):
        if fd not in self._open:
            raise error(errno.EPERM if 0 <= fd < FIRST_FD else errno.EBADF)

    def stream(self, fd):
        if self._open.get(fd) is None:
            raise error(errno.EBADF)
        return self._open[fd]

    def readiness(self, fd):
        stream = self._open.get(fd)
        if stream is None:
            return 0
        return (READ if stream.readable() else 0) | (WRITE if stream.writable() else 0)

    def _changed(self, stream, good_for):
        for fd, other in self._open.items():
            if other is stream:
                for epoll in self._epolls:
                    epoll.notify(fd, good_for)
                return

    # --- addresses

    def bind(self, stream, address):
        host, port = address
        if host != ANY_HOST and not host.startswith("127."):
            raise error(errno.EADDRNOTAVAIL)
        if stream.bound:
            raise error(errno.EINVAL)
        if port == 0:
            port = self._free_port()
        elif self._is_taken(address, stream.reuse_address):
            raise error(errno.EADDRINUSE)
        stream.local, stream.bound = (host, port), True

    def _is_taken(self, address, reuse):
        for other in self._open.values():
            if other is not None and other.bound and overlap(other.local, address):
                if not (reuse and other.reuse_address and other.state != "listening"):
                    return True
        return any(until > self._world.clock.now and overlap(held, address) and not (reuse and held_reuse)
                   for held, held_reuse, until in self._time_waits)

    def _free_port(self):
        for _ in FREE_PORTS:
            self._last_port = self._last_port + 1 if self._last_port < FREE_PORTS[-1] else FREE_PORTS[0]
            if not self._is_taken((ANY_HOST, self._last_port), False):
                return self._last_port
        raise error(errno.EADDRINUSE)

    def _hold_port(self, stream):
        self._time_waits.append((stream.local, stream.reuse_address, self._world.clock.now + TIME_WAIT))

    # --- listening and connecting

    def listen(self, stream, backlog):
        if stream.state in ("connected", "connecting"):
            raise error(errno.EINVAL)
        if not stream.bound:
            self.bind(stream, (ANY_HOST, 0))
        for other in self._open.values():
            if other not in (None, stream) and other.state == "listening" and overlap(other.local, stream.local):
                raise error(errno.EADDRINUSE)
        stream.listen(backlog)

    def connect(self, stream, address):
        """True when connected already; False: begun, or going on. OSError as connect(2)."""
        if stream.state == "listening":
            raise error(errno.EISCONN)
        if stream.state == "connected":
            if stream.connect_reported:
                raise error(errno.EISCONN)
            stream.connect_reported = True
            return True
        if stream.state == "connecting":
            return False
        if stream.error is not None:
            self.raise_connect_error(stream)
        if address[0] != ANY_HOST and not address[0].startswith("127."):
            raise error(errno.ENETUNREACH)
        self.reach(stream, address)
        return False

    @staticmethod
    def raise_connect_error(stream):
        number = stream.take_error()
        stream.disconnect()
        raise error(number)

    def reach(self, client, address):
        """Joins `client` with a listener, or it waits for room there, or it is refused."""
        address = (LOOPBACK if address[0] == ANY_HOST else address[0], address[1])
        if not client.bound:
            self.bind(client, (LOOPBACK, 0))
        if client.local[0] == ANY_HOST:
            client.local = (LOOPBACK, client.local[1])
        client.remote, client.state = address, "connecting"
        for other in self._open.values():
            if other is not None and other.state == "listening" and overlap(other.local, address):
                return other.arrive(client)
        client.refuse()
