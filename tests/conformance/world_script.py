"""Carries out a scenario's `world`: peers that connect, send, close and reset, and signals."""

import errno
import signal

LOOPBACK = "127.0.0.1"
AT_ONCE = 1 << 30


class Peer:
    """A peer reads what it gets at once, and sends as soon as it is connected."""

    def __init__(self, name, network, tell):
        self._name = name
        self._tell = lambda what, text=None: tell(name, what, text)
        self._stream = network.make_stream()
        self._stream.on_change = lambda stream, good_for: self._look()
        self._network = network
        self._unsent = b""
        self._told_connected = self._over = False

    def connect(self, port):
        self._network.reach(self._stream, (LOOPBACK, port))
        self._look()

    def send(self, data):
        self._unsent += data
        self._look()

    def close(self):
        self._stream.close()
        self._over = True

    def reset(self):
        self._stream.reset()
        self._over = True

    def _look(self):
        if self._over or self._stream.state == "connecting":
            return
        if self._stream.error == errno.ECONNREFUSED:
            return self._end("refused")
        if not self._told_connected:
            self._told_connected = True
            self._tell("connected")
        self._read()
        if self._unsent and not self._over:
            try:
                self._unsent = self._unsent[self._stream.send(self._unsent) or 0:]
            except OSError:
                self._unsent = b""

    def _read(self):
        try:
            while data := self._stream.receive(AT_ONCE):
                self._tell("received", data.decode(errors="replace"))
        except OSError:
            return self._end("reset")
        if data == b"" and not self._over:
            self._end("closed", over=False)

    def _end(self, what, over=True):
        if self._over != what:
            self._tell(what)
        self._over = over
        if not over:
            self._read = lambda: None


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
        self._world.threads.agenda.schedule(event["at"], action)

    def _connect(self, name, port):
        peer = self._peers[name] = Peer(name, self._world.network, self._tell)
        peer.connect(port)

    def _act(self, event):
        peer = self._peers[event["from"]]
        if "send" in event:
            peer.send(event["send"].encode())
        elif "close" in event:
            peer.close()
        else:
            peer.reset()
