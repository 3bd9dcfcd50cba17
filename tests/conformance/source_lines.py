#!/usr/bin/python3
"""Holds the lines of asyncio's sources that reprs show (core/base/asyncio_source.cpp) against the sources.

Exit code 1 when one is not what it says: a function's first line, a line with an `await` in that function, a callback's
first line, the line that makes a future or a task. Only for the CPython that is the judge, Debian's 3.11.2.
"""

import ast
import pathlib
import re
import sys

import runs

FOLDER = pathlib.Path("/usr/lib/python3.11/asyncio")
TABLE = runs.HERE.parent.parent / "core" / "base"
COROUTINE = re.compile(r'\{"([^"]+)", k(\w+), (\d+), (\d+)\}')
FILES = re.compile(r'k(\w+) = ASYNCIO "(\w+\.py)"')
CALLBACK = re.compile(r'"([\w.<>]+)\(\)" AT\("(\w+\.py)", (\d+)\)')
MADE_AT = re.compile(r'k(\w+) = "/usr/lib/python3\.11/asyncio/(\w+\.py):(\d+)"')
MAKES = {"CreateFuture": "futures.Future(", "Gather": "super().__init__(", "CreateTask": "loop.create_task(",
         "EnsureFuture": "loop.create_task(", "Runner": "_loop.create_task(", "TaskGroup": "_loop.create_task(",
         "AddReader": "events.Handle(", "AddWriter": "events.Handle(", "AddSignalHandler": "events.Handle("}


def functions(path):
    """{qualified name: node} of a source file."""
    found = {}

    def visit(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                visit(child, f"{prefix}{child.name}.")
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found[prefix + child.name] = child
                visit(child, f"{prefix}{child.name}.<locals>.")
            else:
                visit(child, prefix)

    visit(ast.parse(path.read_text(encoding="utf-8")), "")
    return found


def wrong_lines():
    text = (TABLE / "asyncio_source.cpp").read_text(encoding="utf-8")
    header = (TABLE / "asyncio_source.h").read_text(encoding="utf-8")
    files = dict(FILES.findall(text))
    for name, file, first, awaits in COROUTINE.findall(text):
        node = functions(FOLDER / files[file]).get(name)
        if node is None or node.lineno != int(first):
            yield f"{name} does not begin in line {first} of {files[file]}"
        elif not any(isinstance(part, ast.Await) and part.lineno <= int(awaits) <= part.end_lineno
                     for part in ast.walk(node)):
            yield f"{name} does not await anything in line {awaits} of {files[file]}"
    for name, file, first in CALLBACK.findall(text):
        node = functions(FOLDER / file).get(name)
        if node is None or node.lineno != int(first):
            yield f"{name} does not begin in line {first} of {file}"
    for name, file, line in MADE_AT.findall(header):
        if MAKES[name] not in (FOLDER / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]:
            yield f"{file} has no {MAKES[name]} in line {line}"
    if not (COROUTINE.search(text) and CALLBACK.search(text) and MADE_AT.search(header)):
        yield "the tables were not found"


def main():
    if not FOLDER.is_dir() or sys.version_info[:3] != (3, 11, 2):
        print("skipped: not Debian 12's CPython 3.11.2")
        return
    wrong = list(wrong_lines())
    print("\n".join(wrong) or "all lines are asyncio's")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
