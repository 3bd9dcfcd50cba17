"""Compares what CPython and the tool write on standard error: tracebacks, asyncio's log, the interpreter's warnings.

Masked on both sides: addresses, the frames that are not the program's own (asyncio's, the harness's), source lines (some
of CPython's tracebacks read them from a file) and the marks under them, the headers of tracebacks (without a frame left
they say nothing), the interpreter's suggestions, and the place of a warning outside the program.
"""

import re

LISTING = "<listing>"
MARGIN = r"(?P<margin>[ |]*)"
FRAME = re.compile(MARGIN + r'File "(?P<file>[^"]+)", line \d+, in ')
MARKS = re.compile(r"[ |]*[~^]+\Z")
HEADER = re.compile(r"[ |+]*(Exception Group )?Traceback \(most recent call last\):\Z")
WARNING = re.compile(r"(?P<place>.+?:\d+): (?P<what>(Runtime|Resource)Warning: .*)")
TRACEMALLOC = "Enable tracemalloc to get the object allocation traceback"
SUGGESTION = re.compile(r"\. Did you mean: '[^']*'\?\Z")  # of the interpreter, not of its traceback module
HARNESS = ("gc.collect()", "return self._end_of(error)")  # the source of lines at which the program's end has come
ENDED = re.compile(r"(deadlock|limit( reached)?): ")


def own_lines(text):
    """The lines of `text` that say something of the program."""
    lines = text.splitlines()
    kept, index = [], 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if ENDED.match(line):
            break
        if MARKS.match(line) or HEADER.match(line) or line.endswith(TRACEMALLOC) or line.strip() in HARNESS:
            continue
        if frame := FRAME.match(line):
            index += is_source(lines, index, frame["margin"])
            if frame["file"] != LISTING:
                continue
        elif (warning := WARNING.match(line)) and not warning["place"].startswith(LISTING):
            line = warning["what"]
            index += index < len(lines) and lines[index].startswith("  ") and not FRAME.match(lines[index])
        kept.append(SUGGESTION.sub("", line))
    return kept


def is_source(lines, index, margin):
    """Whether the line is the source of the frame before it: indented by two more than it."""
    return index < len(lines) and lines[index].startswith(margin + "  ") and not FRAME.match(lines[index])


def difference(expected, actual, masked):
    """Text that shows where `actual` (the tool's) leaves `expected` (CPython's), or None. Which of two things is told
    first at the program's end is the garbage collector's choice; the events compare the order of all that has one."""
    theirs, ours = (own_lines(masked(text)) for text in (expected, actual))
    if theirs == ours or sorted(theirs) == sorted(ours):
        return None
    lines = ["standard error:"]
    first = next((i for i, (a, b) in enumerate(zip(theirs, ours)) if a != b), min(len(theirs), len(ours)))
    lines += ["    " + line for line in theirs[max(0, first - 3):first]]
    lines += ["  CPython:   " + line for line in theirs[first:first + 4] or ["(nothing more)"]]
    lines += ["  loopscope: " + line for line in ours[first:first + 4] or ["(nothing more)"]]
    return "\n".join(lines)
