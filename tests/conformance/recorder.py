"""The report: what the harness and the extraction from a trace both produce, and what compare.py compares.

A report is a dictionary:
  events      the list of things that happened, in order; each has `kind`, `loop` (null outside one), `iteration` (the
              one that this loop is in, or null), `thread`, `time` (nanoseconds on the virtual clock), and the fields of
              its kind:
                thread     what: started, ended; name (not of the main thread)
                signal     name
                peer       peer, what (connected, refused, received, closed, reset), text: what a scripted peer sees
                loop       what: created, run, idle, closed
                iteration  (begins)
                select     timeout (seconds or null), fds (reported), purged (cancelled timers removed before it)
                ready      count (the snapshot), promoted (deadlines of the timers promoted, in order)
                created    task
                step       task
                skipped    (a cancelled handle used up a slot)
                end        task, outcome: returned, raised, cancelled
                output     text, end (null: a newline), task (null outside one), line (of the listing, or null)
                reported   what, error: an exception that went to the loop's exception handler (S20, S71), or that
                           ended a thread
                warning    rule: its name, of those that the loop and the interpreter find themselves
  iterations  how many in all
  duration    the last time, in seconds
  error       text of the uncaught exception, or null
  warnings    texts of the warnings, in order
  ended_by    null, "deadlock", "terminated" (by a signal), or the name of the limit that ended the run
  exit_code
"""

import traceback

KINDS = {
    "thread": ("what", "name"),
    "signal": ("name",),
    "peer": ("peer", "what", "text"),
    "loop": ("what",),
    "iteration": (),
    "select": ("timeout", "fds", "purged"),
    "ready": ("count", "promoted"),
    "created": ("task",),
    "step": ("task",),
    "skipped": (),
    "end": ("task", "outcome"),
    "output": ("text", "end", "task", "line"),
    "reported": ("what", "error"),
    "warning": ("rule",),
}

CALLBACK_FAILED = "Exception in callback"
SHUTDOWN_FAILED = "unhandled exception during asyncio.run() shutdown"
THREAD_FAILED = "Exception in thread"
FUTURE_CALLBACK_FAILED = "exception calling callback"
CONNECTED_FAILED = "Unhandled exception in client_connected_cb"


def describe(error):
    """An exception as the last line of its traceback shows it."""
    lines = traceback.format_exception_only(error)  # notes stand below the error
    return lines[-1 if isinstance(error, SyntaxError) else 0].strip()


class Recorder:
    """Collects the events of one run. It asks `thread()`, `loop()` (in an iteration on this thread) and
    `iteration_of(loop)` where the running code is, and lets `before()` add what has happened before."""

    def __init__(self, clock):
        self._clock = clock
        self.events = []
        self.warnings = []
        self.thread = lambda: 1
        self.loop = lambda: None
        self.iteration_of = lambda loop: None
        self.before = lambda: None

    HERE = object()

    def add(self, kind, loop=HERE, thread=None, **fields):
        if tuple(fields) != KINDS[kind]:
            raise ValueError(f"{kind} has the fields {KINDS[kind]}, got {tuple(fields)}")
        if kind != "end":
            self.before()
        loop = self.loop() if loop is self.HERE else loop
        event = {"kind": kind, "loop": loop, "iteration": self.iteration_of(loop), "thread": thread or self.thread(),
                 "time": self._clock.nanoseconds(), **fields}
        self.events.append(event)
        return event

    def report(self, error=None, ended_by=None, exit_code=0):
        return {
            "events": self.events,
            "iterations": sum(event["kind"] == "iteration" for event in self.events),
            "duration": self._clock.now,
            "error": error,
            "warnings": self.warnings,
            "ended_by": ended_by,
            "exit_code": exit_code,
        }
