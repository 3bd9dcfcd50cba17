"""Carries out a scenario's `world`: peers that connect, send, close and reset, and signals."""

import signal

LOOPBACK = "127.0.0.1"
AT_ONCE = 1 << 30


class Peer:
    """Reads what it gets and sends what it should, always after the program's own step: at the next look at the world."""

    def __init__(self, name, world, tell):
        self._tell = lambda what, text=None: tell(name, what, text)
        self._network = world.network
        self._later = lambda action: world.threads.agenda.schedule(world.clock.now, action)
        self._stream = world.network.make_stream()
        self._stream.on_change = lambda stream, good_for: self._react_later()
        self._unsent = b""
        self._connected = self._ended = self._closing = self._reacts = False

    def connect(self, port):
        self._network.reach(self._stream, (LOOPBACK, port))
        self._react()

    def send(self, data):
        if self._stream and not self._closing:
            self._unsent += data
            self._react()

    def close(self):
        """When all is sent."""
        self._closing = True
        self._react()

    def reset(self):
        self._react()
        if self._stream:
            self._stream.reset()
        self.let_go()

    def let_go(self):
        stream, self._stream = self._stream, None
        if stream:
            stream.on_change = lambda stream, good_for: None
            stream.close()

    def _react_later(self):
        if not self._reacts:
            self._reacts = True
            self._later(self._react)

    def _react(self):
        self._reacts = False
        if not self._stream or self._stream.state == "connecting":
            return
        if not self._connected and self._stream.state == "closed":
            self._tell("refused")
            return self.let_go()
        if not self._connected:
            self._connected = True
            self._tell("connected")
        for step in (self._read, self._write):
            if self._stream:
                step()
        if self._stream and self._closing and not self._unsent:
            self.let_go()

    def _read(self):
        try:
            while data := self._stream.receive(AT_ONCE):
                self._tell("received", text_of(data))
        except OSError:
            return self._broken()
        if data == b"" and not self._ended:
            self._ended = True
            self._tell("closed")

    def _write(self):
        try:
            while self._unsent and (sent := self._stream.send(self._unsent)) is not None:
                self._unsent = self._unsent[sent:]
        except OSError:
            self._unsent = b""
        if self._stream.take_error():
            self._broken()

    def _broken(self):
        self._tell("reset")
        self.let_go()


def text_of(data):
    """None for what is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


class WorldScript:
    """`tell(peer, what, text)` hears what happens at the peers' side."""

    def __init__(self, events, world, tell):
        self._world = world
        self._tell = tell
        self._peers = {}
        self._count = 0
        for event in events:
            self._schedule(event)

    def _schedule(self, event):
        if "connect" in event:
            self._count += 1
            name = event.get("as", f"peer{self._count}")
            action = lambda: self._connect(name, event["connect"])
        elif "signal" in event:
            action = lambda: self._world.signals.arrive(signal.Signals[event["signal"]])
        else:
            action = lambda: self._act(event)
        self._world.threads.agenda.schedule(float(event["at"]), action)

    def _connect(self, name, port):
        if name in self._peers:
            self._peers[name].let_go()
        self._peers[name] = Peer(name, self._world, self._tell)
        self._peers[name].connect(port)

    def _act(self, event):
        peer = self._peers.get(event["from"])
        if peer is None:
            return
        if "send" in event:
            peer.send(event["send"].encode())
        elif "close" in event:
            peer.close()
        else:
            peer.reset()
