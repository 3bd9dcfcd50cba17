"""Proves that the comparison can fail: every alteration of a report, a trace or a listing must be noticed."""

import copy
import json

import compare
import differences
import listing
import runs
import standard_error
import trace_report
from recorder import KINDS

PROGRAM = """\
import asyncio
import signal
import threading

async def child(name, delay):
    print(name, end='!')
    await asyncio.sleep(delay)
    print(asyncio.current_task())
    if delay > 1:
        raise ValueError(name)

async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, 'never').cancel()
    loop.call_soon(int, 'x')
    child('c', 0)
    tasks = [asyncio.create_task(child('a', 0.5)), asyncio.create_task(child('b', 1.5))]
    await asyncio.gather(*tasks)

threading.Thread(target=int, args=('y',)).start()
signal.signal(signal.SIGTERM, print)
asyncio.run(main())
"""
WORLD = [{"at": 1.0, "connect": 5555, "as": "alice"}, {"at": 1.1, "signal": "SIGTERM"}]

# (program, duration, iterations, error, what ended it, exit code)
ENDS = [
    ("import asyncio\nasyncio.run(asyncio.sleep(3))", 3.0, 8, None, None, 0),
    ("import time\ntime.sleep(2)\ntime.sleep(0.5)\nassert time.monotonic() == 2.5", 2.5, 0, None, None, 0),
    ("import time\n\n" + "\n".join(listing.WORK) + "\n\nwork(1.5)", 1.5, 0, None, None, 0),
    ("import time\n\ndef work(a, b):\n    time.sleep(a + b)\n\nwork(1, 0.5)", 1.5, 0, None, None, 0),
    ("import time\ntime.sleep(-1)", 0.0, 0, "ValueError: sleep length must be non-negative", None, 1),
    ("raise SystemExit(3)", 0.0, 0, None, None, 3),
    ("raise SystemExit", 0.0, 0, None, None, 0),
    ("raise SystemExit('no')", 0.0, 0, None, None, 1),
    ("raise KeyboardInterrupt", 0.0, 0, "KeyboardInterrupt", None, 130),
    ("import asyncio\nasyncio.run(1)", 0.0, 4, "ValueError: a coroutine was expected, got 1", None, 1),
    ("import asyncio\ntry:\n    asyncio.new_event_loop().run_forever()\nexcept BaseException:\n    pass", 0.0, 1,
     "deadlock: select waits for ever and nothing can wake it", "deadlock", 1),
    ("import asyncio\n\nasync def main():\n    while True:\n        await asyncio.sleep(1)\n\nasyncio.run(main())",
     50.0, 100, "limit: iterations", "iterations", 1),
    ("import asyncio\n\nasync def main():\n    exit()\n\nasyncio.run(main())", 0.0, 5, None, None, 0),
    ("print({3, 1, 2}, set('ba') | {'c'}, end='')", 0.0, 0, None, None, 0),
    ("nonsense = (", 0.0, 0, "SyntaxError: '(' was never closed", None, 1),
]


def run():
    report = runs.run_harness(PROGRAM.splitlines(), settings={"world": WORLD})
    problems = [*same_problems(report), *alteration_problems(report), *trace_problems(report), *listing_problems(),
                *standard_error_problems(), *end_problems()]
    for problem in problems:
        print(f"self-test: {problem}")
    print("self-test: " + (f"{len(problems)} problems" if problems else "every alteration was noticed"))
    return 1 if problems else 0


def same_problems(report):
    missing = set(KINDS) - {event["kind"] for event in report["events"]}
    if missing:
        yield f"the program shows no {', '.join(sorted(missing))}"
    if report["error"] != "ValueError: b" or report["exit_code"] != 1:
        yield f"the program ended with {report['error']!r}, {report['exit_code']}"
    again = runs.run_harness(PROGRAM.splitlines(), settings={"world": WORLD})
    if wrong := differences.first_difference(report, again):
        yield f"a second run differs: {wrong}"
    moved = json.loads(json.dumps(report).replace("0x7", "0x6"))
    if differences.first_difference(report, moved):
        yield "addresses are not masked"


def alteration_problems(report):
    for what, altered in alterations(report):
        if differences.first_difference(report, altered) is None:
            yield f"not noticed: {what}"


def alterations(report):
    """(what was done, altered report): every field of every kind, and the order and number of events."""
    for kind, fields in KINDS.items():
        if kind in differences.NOT_YET:
            continue
        index = next(i for i, event in enumerate(report["events"]) if event["kind"] == kind)
        for field in ("loop", "iteration", "thread", "time", *fields):
            altered = copy.deepcopy(report)
            event = altered["events"][index]
            event[field] = other(event[field])
            yield f"{field} of {kind}", altered
        yield f"a missing {kind}", with_events(report, lambda events: events[:index] + events[index + 1:])
        yield f"one {kind} more", with_events(report, lambda events: events[:index] + events[index:index + 1]
                                              + events[index:])
    yield "the last event missing", with_events(report, lambda events: events[:-1])
    yield "two events swapped", with_events(report, lambda events: [events[1], events[0], *events[2:]])
    for key in ("iterations", "duration", "error", "exit_code"):
        yield f"another {key}", {**report, key: other(report[key])}


def other(value):
    """A value that differs from `value` as little as can be."""
    if value is None:
        return 1
    if isinstance(value, str):
        return value + " "
    if isinstance(value, list):
        return [*value, 1.0]
    if isinstance(value, float):
        return value + 1e-9
    return value + 1


def with_events(report, change):
    return {**report, "events": change(report["events"])}


def trace_problems(report):
    lines = as_trace(report)
    back = trace_report.report_of(lines, report["exit_code"])
    if wrong := differences.first_difference(report, back):
        yield f"a trace is read wrongly: {wrong}"
    for what, broken in broken_traces(lines):
        try:
            trace_report.report_of(broken)
            yield f"not noticed: a trace with {what}"
        except trace_report.TraceError:
            pass


def broken_traces(lines):
    closing = next(i for i, line in enumerate(lines) if '"timers.end"' in line)
    yield "an open pair", lines[:closing] + lines[closing + 1:]
    yield "a wrong count", [*lines[:closing], lines[closing].replace('"purged": 0', '"purged": 1'),
                            *lines[closing + 1:]]
    yield "a line cut short", [*lines[:-1], lines[-1][:-4]]
    yield "time going back", [*lines, lines[1]]


def as_trace(report):
    """A trace, as short as format 1 allows, that tells what the report tells."""
    writer = TraceWriter()
    for event in report["events"]:
        writer.write(event)
    return writer.finish(report["error"])


class TraceWriter:
    def __init__(self):
        self._lines = [json.dumps({"loopscope_trace": 1, "producer": "self-test", "clock": "virtual",
                                   "model": "asyncio", "title": None, "scenario": None, "listing": None})]
        self._tasks = {}
        self._inside = None

    def write(self, event):
        place = (event["loop"], event["iteration"])
        if self._inside is not None and event["loop"] is not None and (
                event["kind"] == "iteration" or place != self._inside):
            self._close(event)
        getattr(self, "_" + event["kind"])(event)

    def finish(self, error):
        self._line({"time": json.loads(self._lines[-1])["ts"], "loop": None}, "error", text=error, task=None, line=None)
        return self._lines

    def _line(self, event, kind, **fields):
        loop = {} if event["loop"] is None else {"loop": event["loop"]}
        thread = {} if event.get("thread", 1) == 1 else {"thread": event["thread"]}
        self._lines.append(json.dumps({"ts": event["time"], "ev": kind, **loop, **thread, **fields}))

    def _close(self, event):
        loop, n = self._inside
        self._line({**event, "loop": loop}, "ready.end")
        self._line({**event, "loop": loop}, "iteration.end", n=n)
        self._inside = None

    def _thread(self, event):
        self._line(event, "thread." + event["what"], **({"name": event["name"]} if event["what"] == "started" else {}))

    def _signal(self, event):
        self._line(event, "signal", name=event["name"])

    def _peer(self, event):
        self._line(event, "net.peer", peer=event["peer"], what=event["what"], text=event["text"])

    def _loop(self, event):
        self._line(event, "loop." + event["what"], **({"thread": 1} if event["what"] == "created" else {}))

    def _iteration(self, event):
        self._inside = (event["loop"], event["iteration"])
        self._line(event, "iteration.begin", n=event["iteration"])

    def _select(self, event):
        for _ in range(event["purged"]):
            self._line(event, "timer.purged", handle=1, bulk=False)
        self._line(event, "select.begin", timeout=event["timeout"])
        self._line(event, "select.end", ready=event["fds"])
        self._purged = event["purged"]

    def _ready(self, event):
        self._line(event, "timers.begin")
        for when in event["promoted"]:
            self._line(event, "timer.promoted", handle=1, when=when)
        self._line(event, "timers.end", promoted=len(event["promoted"]), purged=self._purged)
        self._line(event, "ready.begin", count=event["count"])

    def _created(self, event):
        self._tasks[event["task"]] = len(self._tasks) + 1
        self._line(event, "task.created", task=self._tasks[event["task"]], name=event["task"])

    def _step(self, event):
        self._line(event, "task.step", task=self._tasks[event["task"]], throws=None)

    def _skipped(self, event):
        self._line(event, "handle.skipped", handle=1)

    def _end(self, event):
        self._line(event, "task.done", task=self._tasks[event["task"]], outcome=event["outcome"], value=None)

    def _reported(self, event):
        who = "Thread-1 (int)" if event["loop"] is None else "int()"
        self._line(event, "error", text=f"{event['what']} {who}: {event['error']}", task=None, line=None)

    def _warning(self, event):
        self._line(event, "warning", rule=event["rule"], text="", line=None)

    def _output(self, event):
        task = event["task"] and self._tasks[event["task"]]
        self._line(event, "output", text=event["text"], end=event["end"], task=task, line=event["line"])


def listing_problems():
    lines = listing.listing({"program": [{"def": "f()", "do": []}, "f()"]})
    if lines != ["def f():", "    pass", "", "f()"]:
        yield f"a listing reads {lines}"
    shadowed = listing.listing({"program": [{"def": "f(queue)", "do": ["time = queue", "return socket.AF_INET"]}]})
    if shadowed != ["import socket", "", "def f(queue):", "    time = queue", "    return socket.AF_INET"]:
        yield f"a listing that hides modules reads {shadowed}"
    debugged = {"asyncio.run(f(), )": "asyncio.run(f(), debug=True )",
                "x = asyncio.run(f())": "x = asyncio.run(f(), debug=True)",
                "# asyncio.run(f())": "# asyncio.run(f())",
                "g('é', asyncio.run(f()))": "g('é', asyncio.run(f(), debug=True))"}
    for plain, expected in debugged.items():
        if listing.add_debug(plain) != expected:
            yield f"in debug mode {plain} reads {listing.add_debug(plain)}"
    for altered in (lines[:-1], [*lines, ""], [lines[0] + " ", *lines[1:]]):
        if compare.different_listing(lines, altered) is None:
            yield f"not noticed: the listing {altered}"


def standard_error_problems():
    """A warning's place counts in the program only; and where the project's folder is must not matter."""
    ours = "RuntimeWarning: coroutine 'f' was never awaited\n"
    for place in ("/usr/lib/python3.11/asyncio/tasks.py:21", "/home/me/my work/harness.py:65"):
        if found := standard_error.difference(f"{place}: {ours}", ours, str):
            yield f"a warning at {place}: {found}"
    for theirs in (f"<listing>:3: {ours}", ours.replace("'f'", "'g'"), ours * 2, ""):
        if standard_error.difference(theirs, ours, str) is None:
            yield f"not noticed: {theirs!r} for {ours!r} on standard error"


def end_problems():
    for program, *expected in ENDS:
        report = runs.run_harness(program.splitlines(), 100)
        found = [report[key] for key in ("duration", "iterations", "error", "ended_by", "exit_code")]
        if found != expected:
            yield f"{program!r} ended as {found}, not as {expected}"
