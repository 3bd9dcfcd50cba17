#!/usr/bin/python3
"""Holds the judge's simulated sockets against the kernel's: the same random calls on both must give the same results.

  kernel_check.py [--seeds FIRST-LAST]

Every call is non-blocking, as asyncio makes it; after each one a level-triggered epoll says what is ready. Left out is
an accept queue that is full: the kernel tries again by its own clock. Passes over (exit code 0) where the machine has
no loopback.
"""

import argparse
import random
import selectors
import socket
import sys
import time

REAL_SOCKET, REAL_EPOLL = socket.socket, selectors.EpollSelector

TRIES = 2  # the kernel may be late on a busy machine

import virtual_world  # noqa: E402  (after the real ones are kept)


class Play:
    """Makes calls by the dice and writes down what they gave. `settle()` lets the kernel catch up."""

    def __init__(self, seed, make_socket, selector, settle):
        self._random = random.Random(seed)
        self._make_socket = make_socket
        self._selector = selector
        self._settle = settle
        self._sockets = {}
        self._count = 0
        self.log = []

    def run(self):
        self._do("listen", self._listen)
        for _ in range(self._random.randint(5, 25)):
            name = self._random.choice(["connect", "accept", "send", "recv", "close", "shutdown", "send", "recv",
                                        "error", "watch", "listen" if self._random.random() < 0.1 else "accept"])
            self._do(name, getattr(self, "_" + name))
            self._settle()
            self._select()
        for key in list(self._selector.get_map().values()):
            self._selector.unregister(key.fileobj)
        for one in self._sockets.values():
            one.close()
        return self.log

    def _do(self, name, action):
        try:
            result = action()
        except (OSError, KeyError) as error:
            result = type(error).__name__
        self.log.append((name, result))

    def _select(self):
        names = {one.fileno(): name for name, one in self._sockets.items()}
        self.log.append(("ready", [(names[key.fd], mask) for key, mask in self._selector.select(0)]))

    def _new(self, kind):
        self._count += 1
        name = f"{kind}{self._count}"
        self._sockets[name] = self._make_socket()
        self._sockets[name].setblocking(False)
        return name

    def _some(self, kinds):
        names = [name for name in self._sockets if name[0] in kinds]
        return self._random.choice(names) if names else None

    def _listen(self):
        name = self._new("l")
        self._sockets[name].bind(("127.0.0.1", 0))
        self._sockets[name].listen(50)
        self._watch(name)

    def _connect(self):
        listener = self._some("l")
        if listener is None:
            return None
        name = self._new("c")
        self._watch(name)
        address = self._sockets[listener].getsockname()
        self._sockets[name].connect(address)

    def _accept(self):
        listener = self._some("l")
        if listener is None:
            return None
        connection, _ = self._sockets[listener].accept()
        connection.setblocking(False)
        self._count += 1
        self._sockets[f"a{self._count}"] = connection
        self._watch(f"a{self._count}")
        return "accepted"

    def _watch(self, name=None):
        name = name or self._some("lca")
        events = self._random.choice([selectors.EVENT_READ, selectors.EVENT_WRITE,
                                      selectors.EVENT_READ | selectors.EVENT_WRITE])
        one = self._sockets[name]
        if one.fileno() in self._selector.get_map():
            self._selector.modify(one, events)
        else:
            self._selector.register(one, events)

    def _send(self):
        name = self._some("ca")
        return name and (name, self._sockets[name].send(b"x" * self._random.randint(1, 50)))

    def _recv(self):
        name = self._some("ca")
        return name and (name, self._sockets[name].recv(self._random.choice([1, 20, 1000])))

    def _error(self):
        name = self._some("ca")
        return name and (name, self._sockets[name].getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))

    def _shutdown(self):
        name = self._some("a")
        return name and self._sockets[name].shutdown(socket.SHUT_WR)

    def _close(self):
        name = self._some("lca" if self._random.random() < 0.2 else "ca")
        if name is None:
            return None
        one = self._sockets.pop(name)
        self._selector.unregister(one)
        one.close()
        return name


def real_play(seed):
    return Play(seed, REAL_SOCKET, REAL_EPOLL(), lambda: time.sleep(0.0005)).run()


def simulated_play(seed):
    world = virtual_world.VirtualWorld(lambda: sys.exit("deadlock"), sys.exit)
    world.install()
    return Play(seed, socket.socket, selectors.DefaultSelector(), lambda: None).run()


def has_loopback():
    try:
        with REAL_SOCKET() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            with REAL_SOCKET() as client:
                client.connect(listener.getsockname())
        return True
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-300", metavar="FIRST-LAST")
    first, _, last = parser.parse_args().seeds.partition("-")
    if not has_loopback():
        print("no loopback here: passed over")
        return
    seeds = range(int(first), int(last) + 1)
    real = {seed: [real_play(seed) for _ in range(TRIES)] for seed in seeds}
    failed = [seed for seed in seeds if not same(seed, real[seed], simulated_play(seed))]
    print(f"{len(seeds) - len(failed)} of {len(seeds)} plays are as the kernel's; different: {failed or 'none'}")
    sys.exit(1 if failed else 0)


def same(seed, tries, simulated):
    if simulated in tries:
        return True
    index, theirs, ours = next((index, *pair) for index, pair in enumerate(zip(tries[0], simulated))
                               if pair[0] != pair[1])
    before = simulated[max(0, index - 8):index]
    print(f"play {seed}, step {index}: kernel {theirs}, simulated {ours}; before: {before}")
    return False


if __name__ == "__main__":
    main()
