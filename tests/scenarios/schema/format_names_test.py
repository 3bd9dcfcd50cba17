#!/usr/bin/python3
"""Holds scenarios/FORMAT.md ("Names") against the tool: every name that it lists is there, and CPython has it, too.

  format_names_test.py BINARY FORMAT.md
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

# What stands for an object of each kind, in the program that looks the names up.
OBJECTS = {"str": "''", "bytes": "b''", "list": "[]", "tuple": "()", "dict": "{}", "set": "set()",
           "loop": "asyncio.new_event_loop()", "future": "loop.create_future()", "task": "task", "handle": "handle",
           "timer": "timer", "Thread": "threading.Thread()", "pool": "concurrent.futures.ThreadPoolExecutor(1)",
           "job": "job", "socket": "socket.socket()", "selector": "selectors.DefaultSelector()",
           "reader": "streams[0]", "writer": "streams[1]", "server": "streams[2]"}
SETUP = [{"async def": "answer(reader, writer)", "do": []},
         {"async def": "connect()", "do": [
             "server = await asyncio.start_server(answer, '127.0.0.1', 0)",
             "reader, writer = await asyncio.open_connection('127.0.0.1', server.sockets[0].getsockname()[1])",
             "return [reader, writer, server]"]},
         "loop = asyncio.new_event_loop()", "task = loop.create_task(asyncio.sleep(0))",
         "loop.run_until_complete(task)", "handle = loop.call_soon(dict)", "timer = loop.call_later(60, dict)",
         "streams = loop.run_until_complete(connect())",
         "job = concurrent.futures.ThreadPoolExecutor(1).submit(dict)", "missing = []"]


def between(text, start, end):
    """The text from `start` to the next `end`."""
    found = re.search(re.escape(start) + "(.*?)" + re.escape(end), text, re.DOTALL)
    if not found:
        sys.exit(f"FORMAT.md has no text between {start!r} and {end!r} any more: mend it, or this test")
    return found.group(1)


def words(text):
    """The names in backticks."""
    return [word for part in re.findall("`([^`]+)`", text) for word in part.split() if word.isidentifier()]


def described(text):
    """(expression that names it, how to look it up) of every name."""
    text = between(text, "## Names", "## When an error is found")
    for name in words(between(text, "**Builtins**:", ", and the exceptions")):
        yield name, name
    methods = between(text, "**Methods**:", "`functools.partial`")
    for kind in ("str", "bytes", "list", "tuple", "dict", "set"):
        for name in words(re.sub(r"\(.*?\)", "", between(methods + ";", f"`{kind}` ", ";"))):
            yield f"{kind}.{name}", (OBJECTS[kind], name)
    for name in words(between(text, "has of **asyncio**", "of the **loop**").replace("with all their methods", "")):
        yield f"asyncio.{name}", f"asyncio.{name}"
    for start, end, kind in (("of the **loop** (", ")", "loop"), ("of **futures** (", ")", "future"),
                             ("`set_` methods, and ", ")", "task"), ("of **handles** (", ", of timers", "handle"),
                             ("of timers also ", ")", "timer"), ("The loop has ", ".", "loop"),
                             ("`daemon`; ", ")", "Thread"), ("`ProcessPoolExecutor` (", ", in a", "pool"),
                             ("whose futures have ", ".", "job"),
                             ("sockets have ", " and `with`", "socket"),
                             ("`StreamReader` with ", " and `async for`", "reader"),
                             ("`StreamWriter` with ", ", and a server", "writer"),
                             ("a server with ", " and `async with`", "server"),
                             ("`DefaultSelector` (", ")", "selector")):
        for name in words(between(text, start, end)):
            yield f"{kind}.{name}", (OBJECTS[kind], name)
    for start, end, module in (("`socket` has ", ", and sockets", "socket"), ("`signal` has ", ".", "signal"),
                               ("they raise ", ".", "asyncio"), ("`queue` has ", ";", "queue"),
                               ("`daemon`; `start join is_alive name daemon ident`), ", "; `queue`", "threading")):
        for name in words(between(text, start, end)):
            yield f"{module}.{name}", f"{module}.{name}"


def program(names):
    """Statements that print the names that are missing."""
    statements = list(SETUP)
    for name, lookup in names:
        if isinstance(lookup, tuple):
            subject, attribute = lookup
            statements.append({"if": f"not hasattr({subject}, '{attribute}')", "do": [f"missing.append('{name}')"]})
        else:
            note = [f"missing.append('{name}')"]
            statements.append({"try": [lookup], "except": [{"catch": "NameError", "do": note}]})
    return statements + ["print(missing)"]


def main():
    binary, description = sys.argv[1:]
    names = list(described(pathlib.Path(description).read_text(encoding="utf-8")))
    if len(names) < 230:
        sys.exit(f"only {len(names)} names found in FORMAT.md")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "names.json"
        file.write_text(json.dumps({"loopscope": 1, "program": program(names)}))
        ours = subprocess.run([binary, "run", file], capture_output=True, text=True)
        listing = subprocess.run([binary, "listing", file], capture_output=True, text=True).stdout
        theirs = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True)
    for who, run in (("loopscope", ours), ("CPython", theirs)):
        if run.returncode != 0 or run.stdout != "[]\n":
            sys.exit(f"{who} lacks: {run.stdout}{run.stderr}")
    print(f"{len(names)} names are there")


if __name__ == "__main__":
    main()
