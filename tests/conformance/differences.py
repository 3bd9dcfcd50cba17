"""Finds and shows the first divergence of two reports (recorder.py)."""

import re

CONTEXT = 6
NOT_YET = set()  # kinds that the tool does not tell of yet
MEANINGLESS = re.compile(r"0x[0-9a-f]+|\b1[0-9]{14}\b")
TOO_DEEP = re.compile(r"(?<=maximum recursion depth exceeded) while calling a Python object")


def masked(value):
    """Addresses and the idents of threads differ from run to run and mean nothing; in which of CPython's calls a
    recursion ends depends on how many of the harness's own lie below it."""
    if isinstance(value, str):
        return MEANINGLESS.sub("…", TOO_DEEP.sub("", value))
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def first_difference(expected, actual):
    """Text that shows where `actual` (the tool) leaves `expected` (CPython), or None."""
    theirs, ours = ([masked(event) for event in report["events"] if event["kind"] not in NOT_YET]
                    for report in (expected, actual))
    ours = without_unwinding(ours, len(theirs), of_main=expected["ended_by"] is not None)
    theirs, ours = (with_sorted_end(warned_before_steps(events)) for events in (theirs, ours))
    return different_events(theirs, ours) or different_totals(expected, actual)


def warned_before_steps(events):
    """CPython's loop lets go of a handle when it has taken the next one: what goes with it warns between the two."""
    events = list(events)
    for index in range(1, len(events)):
        at = index
        while at > 0 and events[at]["kind"] == "warning" and events[at - 1]["kind"] == "step":
            events[at - 1], events[at] = events[at], events[at - 1]
            at -= 1
    return events


def with_sorted_end(events):
    """What circles of objects have to say when the program is over comes in the order of the garbage collector, which
    nobody should rely on: at the end, warnings and closed loops stand sorted, behind what was printed."""
    first = len(events)
    while first > 0 and (events[first - 1]["kind"] in ("warning", "output") or events[first - 1].get("what") == "closed"):
        first -= 1
    printed = [event for event in events[first:] if event["kind"] == "output"]
    others = [event for event in events[first:] if event["kind"] != "output"]
    return events[:first] + printed + sorted(others, key=str)


def without_unwinding(events, count, of_main):
    """The tool closes in its trace what is open when a deadlock or a limit ends a run, or the end of the program its
    threads; CPython is just stopped."""
    closing = {("loop", "idle"), ("loop", "closed"), ("thread", "ended"), ("select", None)}
    last = len(events)
    while (last > count and (events[last - 1]["kind"], events[last - 1].get("what")) in closing
           and (of_main or events[last - 1]["thread"] != 1)):
        last -= 1
    return events[:last]


def same_end(expected, actual):
    if expected["ended_by"] in (None, "terminated"):
        return masked(expected["error"]) == masked(actual["error"])
    kind = "deadlock" if expected["ended_by"] == "deadlock" else "limit"
    return actual["error"] is not None and actual["error"].startswith(kind)


def different_events(expected, actual):
    for index in range(max(len(expected), len(actual))):
        theirs = expected[index] if index < len(expected) else None
        ours = actual[index] if index < len(actual) else None
        if theirs != ours:
            return show_divergence(expected, index, theirs, ours)
    return None


def different_totals(expected, actual):
    lines = []
    for key in ("iterations", "error", "exit_code"):
        if not same_end(expected, actual) if key == "error" else expected[key] != actual[key]:
            lines.append(f"{key}: CPython {expected[key]!r}, loopscope {actual[key]!r}")
    if round(expected["duration"] * 1e9) != round(actual["duration"] * 1e9):
        lines.append(f"duration: CPython {expected['duration']!r} s, loopscope {actual['duration']!r} s")
    return "\n".join(lines) or None


def show_divergence(expected, index, theirs, ours):
    lines = [f"first divergence at event {index + 1}:"]
    lines += ["    " + describe(event) for event in expected[max(0, index - CONTEXT):index]]
    lines.append("  CPython:   " + describe(theirs))
    lines.append("  loopscope: " + describe(ours))
    if theirs is not None and ours is not None:
        keys = [key for key in theirs if theirs[key] != ours.get(key)] if theirs["kind"] == ours["kind"] else ["kind"]
        lines.append("  differs in " + ", ".join(keys))
    lines += ["    then: " + describe(event) for event in expected[index + 1:index + 3]]
    return "\n".join(lines)


def describe(event):
    if event is None:
        return "(nothing more)"
    place = "outside" if event["loop"] is None else f"loop {event['loop']}"
    if event["iteration"] is not None:
        place += f" iteration {event['iteration']}"
    if event["thread"] != 1:
        place += f" thread {event['thread']}"
    shown = ("kind", "loop", "iteration", "thread", "time")
    fields = [f"{key}={value!r}" for key, value in event.items() if key not in shown]
    return f"{event['time'] / 1e9:.9f} s  {place:<22} {event['kind']:<9} {' '.join(fields)}".rstrip()
