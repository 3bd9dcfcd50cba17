"""Python's socket objects over the simulated network."""

import errno
import operator
import socket

from virtual_socket import error

READ_AT_MOST = 1 << 30


class SimSocket:
    """socket.socket for AF_INET streams."""

    world = None  # set by install()

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self.family = socket.AddressFamily(socket.AF_INET if family == -1 else family)
        self.type = socket.SocketKind(socket.SOCK_STREAM if type == -1 else type)
        self.proto = 0 if proto == -1 else proto
        if self.family not in (socket.AF_INET, socket.AF_UNIX):
            raise error(errno.EAFNOSUPPORT)
        self._network = self.world.network
        self._timeout = None
        self._fd = -1
        self._fd = self._network.open() if fileno is None else fileno

    # --- the descriptor

    @property
    def _closed(self):
        return self._fd < 0

    def fileno(self):
        return self._fd

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            self._network.close(fd)

    __del__ = close
    __repr__ = socket.socket.__repr__

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def setblocking(self, flag):
        self._timeout = None if operator.index(flag) else 0.0
        self._stream()

    def getblocking(self):
        return self._timeout != 0.0

    def settimeout(self, seconds):
        self._timeout = None if seconds is None else float(seconds)

    def gettimeout(self):
        return self._timeout

    def setsockopt(self, level, option, value):
        stream = self._stream()
        if (level, option) == (socket.SOL_SOCKET, socket.SO_REUSEADDR):
            stream.reuse_address = bool(value)

    def getsockopt(self, level, option):
        stream = self._stream()
        if (level, option) == (socket.SOL_SOCKET, socket.SO_ERROR):
            return stream.take_error() or 0
        if (level, option) == (socket.SOL_SOCKET, socket.SO_REUSEADDR):
            return int(stream.reuse_address)
        raise error(errno.ENOPROTOOPT)

    # --- addresses and connections

    def bind(self, address):
        self._network.bind(self._stream(), self._resolved("bind", address))

    def listen(self, backlog=128):
        self._network.listen(self._stream(), operator.index(backlog))

    def accept(self):
        stream = self._stream()
        if stream.state != "listening":
            raise error(errno.EINVAL)
        accepted = self._wait(stream.accept, stream.readable)
        connection = SimSocket(self.family, self.type, self.proto, fileno=self._network.open(accepted))
        return connection, accepted.remote

    def connect(self, address):
        stream = self._stream()
        going_on = stream.state == "connecting"
        if self._network.connect(stream, self._resolved("connect", address)):
            return
        if self._timeout == 0.0:
            raise error(errno.EALREADY if going_on else errno.EINPROGRESS)
        self._block(lambda: stream.state != "connecting")
        if stream.error is not None:
            self._network.raise_connect_error(stream)
        stream.connect_reported = True

    def getsockname(self):
        return self._stream().local if self.family == socket.AF_INET else ""

    def getpeername(self):
        stream = self._stream()
        if stream.state != "connected":
            raise error(errno.ENOTCONN)
        return stream.remote if self.family == socket.AF_INET else ""

    # --- bytes

    def recv(self, most, flags=0):
        if most < 0:
            raise ValueError("negative buffersize in recv")
        stream = self._stream()
        return self._wait(lambda: stream.receive(most), stream.readable)

    def recv_into(self, buffer, nbytes=0, flags=0):
        data = self.recv(nbytes or len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def send(self, data, flags=0):
        """A blocking socket takes everything."""
        data, stream, sent = as_bytes(data), self._stream(), 0
        while True:
            sent += self._wait(lambda: stream.send(data[sent:]), stream.writable)
            if sent == len(data) or self._timeout == 0.0:
                return sent

    def sendall(self, data, flags=0):
        if self.send(data) < len(as_bytes(data)):
            raise error(errno.EAGAIN)

    def shutdown(self, how):
        if how in (socket.SHUT_WR, socket.SHUT_RDWR):
            self._stream().shut_writing()

    # --- helpers

    def _stream(self):
        return self._network.stream(self._fd)

    def _wait(self, attempt, ready):
        """What `attempt` gives as soon as it is not None."""
        while (got := attempt()) is None:
            if self._timeout == 0.0:
                raise error(errno.EAGAIN)
            self._block(ready)
        return got

    def _block(self, until):
        deadline = None if self._timeout is None else self.world.clock.now + self._timeout
        if not self.world.threads.block(lambda: until() or self._closed, deadline):
            raise TimeoutError("timed out")
        self._stream()  # closed meanwhile by another thread

    @staticmethod
    def _resolved(call, address):
        if not isinstance(address, tuple):
            raise TypeError(f"{call}(): AF_INET address must be tuple, not {type(address).__name__}")
        if len(address) != 2:
            raise TypeError("AF_INET address must be a pair (host, port)")
        host, port = address
        if not isinstance(host, (str, bytes, bytearray)):
            raise TypeError(f"str, bytes or bytearray expected, not {type(host).__name__}")
        port = operator.index(port)
        host = resolve(host)
        if not 0 <= port <= 65535:
            raise OverflowError(f"{call}(): port must be 0-65535.")
        return host, port


def as_bytes(data):
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None


def resolve(host):
    if host in (None, ""):
        return "0.0.0.0"
    if host == "localhost":
        return "127.0.0.1"
    try:
        return socket.inet_ntoa(socket.inet_pton(socket.AF_INET, host))
    except OSError:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    host = "127.0.0.1" if host is None and not flags & socket.AI_PASSIVE else resolve(host)
    kind = (socket.AddressFamily.AF_INET, socket.SocketKind.SOCK_STREAM, socket.IPPROTO_TCP)
    return [(*kind, "", (host, int(port or 0)))]


def socketpair(family=None, type=socket.SOCK_STREAM, proto=0):
    first, second = SimSocket.world.network.open_pair()
    unix = socket.AF_UNIX
    return SimSocket(unix, type, proto, fileno=first), SimSocket(unix, type, proto, fileno=second)


def install(world):
    SimSocket.world = world
    SimSocket.__name__ = SimSocket.__qualname__ = "socket"
    SimSocket.__module__ = "socket"
    socket.socket, socket.socketpair, socket.getaddrinfo = SimSocket, socketpair, getaddrinfo
