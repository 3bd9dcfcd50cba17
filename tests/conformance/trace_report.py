#!/usr/bin/python3
"""Reads a trace (format 1, traces/FORMAT.md) and makes of it the report that the harness makes of CPython.

  trace_report.py TRACE [EXIT_CODE]

Only what a trace says is used: nothing is taken from the scenario in its header.
"""

import json
import re
import sys

from program_warnings import LOGGED
from recorder import CALLBACK_FAILED, CONNECTED_FAILED, FUTURE_CALLBACK_FAILED, SHUTDOWN_FAILED, THREAD_FAILED

LIFECYCLE = {"loop.created": "created", "loop.run": "run", "loop.idle": "idle", "loop.closed": "closed"}
TOLD_TO_HANDLER = re.compile(rf"(?:(?P<callback>{CALLBACK_FAILED}) .*?\)(?: at \S+)?|(?P<other>{re.escape(SHUTDOWN_FAILED)}|"
                             rf"{CONNECTED_FAILED})): (?P<error>.*)", re.DOTALL)
PAIRS = {"select.begin": "select.end", "timers.begin": "timers.end", "ready.begin": "ready.end",
         "iteration.begin": "iteration.end", "handle.begin": "handle.end", "loop.run": "loop.idle"}
MAIN = 1


class TraceError(Exception):
    """The trace breaks the format, or contradicts itself."""


class LoopNow:
    """What is known of one loop at the event at hand."""

    def __init__(self, thread):
        self.thread = thread
        self.iteration = None
        self.last_iteration = 0
        self.timeout = None
        self.purged = 0
        self.promoted = []


class Extraction:
    """Folds trace events into report events, checking what the format promises on the way."""

    def __init__(self):
        self.events = []
        self.error = None
        self._ts = 0
        self._threads = {MAIN: "MainThread"}
        self._tasks = {}
        self._loops = {}
        self._thread = MAIN
        self._open = {}

    def feed(self, event):
        kind, loop = event["ev"], event.get("loop")
        if event["ts"] < self._ts:
            raise TraceError(f"time goes back from {self._ts} to {event['ts']}")
        self._ts = event["ts"]
        if kind == "loop.created":
            self._loops[loop] = LoopNow(event["thread"])
        self._thread = event.get("thread") or (self._loops[loop].thread if loop is not None else MAIN)
        self._check_pairs(kind, loop)
        method = getattr(self, "_" + kind.replace(".", "_"), None)
        if kind in LIFECYCLE:
            self._add("loop", loop, what=LIFECYCLE[kind])
        elif method is not None:
            method(event, loop)

    def report(self, exit_code=0):
        for thread, pairs in self._open.items():
            if pairs:
                raise TraceError(f"never closed on thread {thread}: {', '.join(name for name, _ in pairs)}")
        return {
            "events": self.events,
            "iterations": sum(event["kind"] == "iteration" for event in self.events),
            "duration": self._ts / 1e9,
            "error": self.error,
            "ended_by": None,
            "exit_code": exit_code,
        }

    def _check_pairs(self, kind, loop):
        pairs = self._open.setdefault(self._thread, [])
        if kind in PAIRS:
            pairs.append((kind, loop))
        elif kind in PAIRS.values():
            if not pairs or PAIRS[pairs[-1][0]] != kind or pairs[-1][1] != loop:
                raise TraceError(f"{kind} of loop {loop} closes nothing; open on thread {self._thread}: {pairs}")
            pairs.pop()

    def _add(self, kind, loop, **fields):
        iteration = self._loops[loop].iteration if loop is not None else None
        self.events.append({"kind": kind, "loop": loop, "iteration": iteration, "thread": self._thread,
                            "time": self._ts, **fields})

    def _thread_started(self, event, loop):
        self._threads[self._thread] = event["name"]
        if self._thread != MAIN:
            self._add("thread", loop, what="started", name=event["name"])

    def _thread_ended(self, event, loop):
        if self._thread != MAIN:
            self._add("thread", loop, what="ended", name=self._threads[self._thread])

    def _signal(self, event, loop):
        self._add("signal", loop, name=event["name"])

    def _net_peer(self, event, loop):
        self._thread = MAIN
        self._add("peer", loop, peer=event["peer"], what=event["what"], text=event["text"])

    def _iteration_begin(self, event, loop):
        now = self._loops[loop]
        if event["n"] != now.last_iteration + 1:
            raise TraceError(f"iteration {event['n']} of loop {loop} follows {now.last_iteration}")
        now.iteration = now.last_iteration = event["n"]
        now.purged, now.promoted = 0, []
        self._add("iteration", loop)

    def _iteration_end(self, event, loop):
        now = self._loops[loop]
        if event["n"] != now.iteration:
            raise TraceError(f"iteration {event['n']} of loop {loop} ends without having begun")
        now.iteration = None

    def _timer_purged(self, event, loop):
        self._loops[loop].purged += 1

    def _select_begin(self, event, loop):
        if loop is None:  # a selector of the program's own
            return
        self._loops[loop].timeout = event["timeout"]

    def _select_end(self, event, loop):
        if loop is None:
            return
        now = self._loops[loop]
        self._add("select", loop, timeout=now.timeout, fds=event["ready"], purged=now.purged)

    def _timer_promoted(self, event, loop):
        self._loops[loop].promoted.append(event["when"])

    def _timers_end(self, event, loop):
        counted = (len(self._loops[loop].promoted), self._loops[loop].purged)
        if (event["promoted"], event["purged"]) != counted:
            raise TraceError(f"timers.end says {event['promoted'], event['purged']}, the events say {counted}")

    def _ready_begin(self, event, loop):
        self._add("ready", loop, count=event["count"], promoted=self._loops[loop].promoted)

    def _task_created(self, event, loop):
        self._tasks[event["task"]] = event["name"]
        self._add("created", loop, task=event["name"])

    def _task_renamed(self, event, loop):
        self._tasks[event["task"]] = event["name"]

    def _task_step(self, event, loop):
        self._add("step", loop, task=self._tasks[event["task"]])

    def _handle_skipped(self, event, loop):
        self._add("skipped", loop)

    def _task_done(self, event, loop):
        self._add("end", loop, task=self._tasks[event["task"]], outcome=event["outcome"])

    def _output(self, event, loop):
        task = event["task"] and self._tasks[event["task"]]
        self._add("output", loop, text=event["text"], end=event["end"], task=task, line=event["line"])

    def _warning(self, event, loop):
        if event["rule"] in LOGGED or event["rule"] == "never_awaited":
            self._add("warning", loop, rule=event["rule"])

    def _error(self, event, loop):
        """What a loop's exception handler was told, or what ended a thread or the program."""
        told = TOLD_TO_HANDLER.match(event["text"]) if loop is not None else None
        outside = next((what for what in (THREAD_FAILED, FUTURE_CALLBACK_FAILED) if event["text"].startswith(what)), None)
        if outside:
            self._add("reported", loop, what=outside, error=event["text"].partition(": ")[2])
        elif told:
            self._add("reported", loop, what=told["callback"] or told["other"], error=told["error"])
        elif loop is None:
            self.error = event["text"]


def header_of(line):
    header = json.loads(line)
    if header.get("loopscope_trace") != 1:
        raise TraceError("not a trace of format 1")
    return header


def report_of(lines, exit_code=0):
    """The report of a trace, given as lines of text."""
    extraction = Extraction()
    lines = iter(lines)
    header_of(next(lines))
    for number, line in enumerate(lines, 2):
        try:
            extraction.feed(json.loads(line))
        except (KeyError, json.JSONDecodeError) as error:
            raise TraceError(f"line {number}: {type(error).__name__}: {error}") from error
        except TraceError as error:
            raise TraceError(f"line {number}: {error}") from error
    return extraction.report(exit_code)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        json.dump(report_of(file, int(sys.argv[2]) if len(sys.argv) == 3 else 0), sys.stdout)


if __name__ == "__main__":
    main()
