"""One end of a stream as the kernel keeps it: Linux's rules for TCP on the loopback, where what is sent has arrived.

Nothing here blocks: who would have to wait gets None, or BlockingIOError from `virtual_network`.
"""

import errno
import os
from collections import deque

CAPACITY = 4 << 20  # bytes that may wait to be read before the sender must wait

READ, WRITE, ANY = 1, 2, 3  # what a change can be good for


def error(number):
    return OSError(number, os.strerror(number))


class Stream:
    """States: closed (also: never connected), listening, connecting, connected."""

    def __init__(self):
        self.state = "closed"
        self.peer = None
        self.incoming = bytearray()
        self.end_of_file = False
        self.shut_read = self.shut_write = False
        self.released = False
        self.error = None
        self.local, self.remote = ("0.0.0.0", 0), None
        self.bound = False
        self.reuse_address = False
        self.connect_reported = False
        self.backlog = 0
        self.accept_queue, self.waiting_clients = deque(), deque()
        self.on_change = lambda stream, good_for: None
        self.on_time_wait = lambda stream: None

    # --- what poll says

    def readable(self):
        if self.state == "listening":
            return bool(self.accept_queue)
        return self.shut_read or bool(self.incoming) or self._hung_up()

    def writable(self):
        if self.state == "listening":
            return False
        free = self.state != "connecting" and (self.shut_write or self.room() > 0)
        return free or self._hung_up()

    def _hung_up(self):
        return self.error is not None or self.state == "closed" or (self.shut_read and self.shut_write)

    def room(self):
        return CAPACITY - (len(self.peer.incoming) if self.peer else 0)

    def take_error(self):
        number, self.error = self.error, None
        return number

    # --- listening

    def listen(self, backlog):
        self.state, self.backlog = "listening", max(backlog, 0)

    def arrive(self, client):
        """A connection has come; with a full queue it waits for room."""
        if len(self.accept_queue) > self.backlog:
            self.waiting_clients.append(client)
        else:
            self._establish(client)

    def _establish(self, client):
        server = Stream()
        server.local, server.remote = client.remote, client.local
        server.bound, server.reuse_address = True, self.reuse_address
        server.on_change, server.on_time_wait = self.on_change, self.on_time_wait
        join(client, server)
        self.accept_queue.append(server)
        client.on_change(client, ANY)
        self.on_change(self, READ)

    def accept(self):
        if not self.accept_queue:
            return None
        accepted = self.accept_queue.popleft()
        while self.waiting_clients and len(self.accept_queue) <= self.backlog:
            client = self.waiting_clients.popleft()
            if client.state == "connecting":
                self._establish(client)
        return accepted

    # --- bytes

    def receive(self, most):
        """Bytes, b"" at the end of file, or None: nothing there yet."""
        if self.state == "listening":
            raise error(errno.ENOTCONN)
        if self.incoming:
            data = bytes(self.incoming[:most])
            del self.incoming[:most]
            if self.peer and data:
                self.peer.on_change(self.peer, WRITE)
            return data
        if self.end_of_file:
            return b""
        if self.error is not None:
            raise error(self.take_error())
        if self.shut_read:
            return b""
        if self.state == "closed":
            raise error(errno.ENOTCONN)
        return None

    def send(self, data):
        """How many bytes were taken, or None: no room."""
        if self.state == "connecting":
            return None
        if self.state != "connected" or self.error is not None or self.shut_write:
            raise error(self.take_error() or errno.EPIPE)
        if self.peer.released:  # the answer is a reset
            if data:
                self.fail(errno.EPIPE if self.end_of_file else errno.ECONNRESET)
            return len(data)
        taken = min(len(data), self.room())
        if taken == 0 and data:
            return None
        self.peer.incoming += data[:taken]
        if taken:
            self.peer.on_change(self.peer, READ)
        return taken

    # --- the end

    def shut_writing(self):
        if self.state != "connected" or (self.shut_write and self.end_of_file):
            raise error(errno.ENOTCONN)
        self._finish_sending()

    def _finish_sending(self):
        if self.shut_write:
            return
        self.shut_write = True
        if self.end_of_file:
            self.on_time_wait(self.peer)
        self.peer._take_end_of_file()

    def _take_end_of_file(self):
        if self.state == "connected" and not self.end_of_file:
            self.end_of_file = self.shut_read = True
            self.on_change(self, ANY)

    def close(self):
        self.released = True
        if self.state == "listening":
            self._turn_all_away()
        elif self.state == "connected":
            if self.incoming:
                return self.reset()
            first = not self.end_of_file
            self._finish_sending()
            if first:
                self.on_time_wait(self)
        self.state = "closed"

    def _turn_all_away(self):
        for waiting in self.accept_queue:
            waiting.reset()
        for client in self.waiting_clients:
            client.refuse()
        self.accept_queue.clear()
        self.waiting_clients.clear()

    def reset(self):
        if self.state == "connected":
            self.peer.fail(errno.EPIPE if self.peer.end_of_file else errno.ECONNRESET)
        self.incoming.clear()
        self.state = "closed"
        self.shut_read = self.shut_write = True

    def refuse(self):
        self.fail(errno.ECONNREFUSED)

    def fail(self, number):
        if self.state in ("connected", "connecting"):
            self.error, self.state = number, "closed"
            self.shut_read = self.shut_write = True
            self.on_change(self, ANY)

    def disconnect(self):
        """After a connect that has reported its failure: as new."""
        self.state, self.error, self.remote = "closed", None, None
        self.shut_read = self.shut_write = self.end_of_file = False


def join(first, second):
    first.peer, second.peer = second, first
    first.state = second.state = "connected"
