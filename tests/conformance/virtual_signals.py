"""Signals that the world's script sends, and those that the program raises itself.

A signal's number goes to the wakeup fd at once; its Python handler runs on the main thread, before that goes on.
"""

import errno
import operator
import os
import signal
import sys
import threading

TERMINATED = 128  # exit code of a program that a signal ended, less the signal's number


class VirtualSignals:
    """`on_terminated(exit code)` ends the run; it does not return."""

    def __init__(self, threads, network, on_terminated):
        self._threads = threads
        self._network = network
        self._on_terminated = on_terminated
        self._handlers = {signal.SIGINT: signal.default_int_handler}
        self._wakeup_fd = -1
        self._arrived = set()
        self.on_signal = lambda name: None

    def install(self):
        signal.signal, signal.getsignal = self.signal, self.getsignal
        signal.set_wakeup_fd, signal.siginterrupt = self.set_wakeup_fd, lambda number, flag: None
        signal.raise_signal = self.raise_signal

    def signal(self, number, handler):
        number = operator.index(number)
        if threading.current_thread() is not threading.main_thread():
            raise ValueError("signal only works in main thread of the main interpreter")
        if not 1 <= number < signal.NSIG:
            raise ValueError("signal number out of range")
        if not callable(handler) and handler not in (signal.SIG_IGN, signal.SIG_DFL):
            raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
        if number in (signal.SIGKILL, signal.SIGSTOP):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        before = self.getsignal(number)
        self._handlers[number] = handler
        return before

    def getsignal(self, number):
        return self._handlers.get(number, signal.SIG_DFL)

    def forget_handlers(self):
        """What the interpreter does before it gives up the modules."""
        self._handlers.clear()

    def set_wakeup_fd(self, fd, *, warn_on_full_buffer=True):
        if threading.current_thread() is not threading.main_thread():
            raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")
        before, self._wakeup_fd = self._wakeup_fd, fd
        return before

    def raise_signal(self, number):
        """On the main thread the handler has run when this returns."""
        if not 0 <= operator.index(number) < signal.NSIG:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self.arrive(number)
        if threading.current_thread() is threading.main_thread():
            self._threads.run_interrupts()

    def arrive(self, number):
        number = signal.Signals(number)
        self.on_signal(number.name)
        handler = self.getsignal(number)
        if handler == signal.SIG_IGN:
            return
        if handler == signal.SIG_DFL:
            self._on_terminated(TERMINATED + number)
        if self._wakeup_fd >= 0:
            self._network.stream(self._wakeup_fd).send(bytes([number]))
        if not self._arrived:
            self._threads.interrupt_main(self._run_handlers)
        self._arrived.add(number)

    def _run_handlers(self):
        """In order of their numbers. What one raises leaves the others for the next time."""
        while self._arrived:
            number = min(self._arrived)
            self._arrived.remove(number)
            handler = self.getsignal(number)
            try:
                if callable(handler):
                    handler(int(number), sys._getframe(1))
            except BaseException:
                if self._arrived:
                    self._threads.interrupt_main(self._run_handlers)
                raise
