#!/usr/bin/python3
"""Makes the fuzzers' seeds (corpus/): from the conformance programs and the scenario library.

  make_corpus.py BINARY

corpus/loader is written by hand.
"""

import ast
import json
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "conformance"))
import from_python  # noqa: E402

# Of different kinds, with short traces.
TRACED = ["call-later", "echo-streams", "run-in-executor", "signal-stop", "socket-server", "threadsafe",
          "three-phases-drain", "trampoline-callbacks", "shutdown"]
LARGEST = 24_000


def fresh(name):
    folder = HERE / "corpus" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def rules():
    return sorted((HERE.parent / "conformance" / "rules").glob("*.py"))


def make_programs():
    folder = fresh("interpreter")
    for program in rules():
        scenario = from_python.scenario_of(program)
        (folder / f"{program.stem}.json").write_text(json.dumps(scenario, separators=(",", ":")) + "\n")


def shapes(tree):
    """Which nodes stand in which: what a statement has to teach a parser."""
    return {(type(node).__name__, type(child).__name__)
            for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def simple_statements(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body") and not isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node


def make_statements():
    folder = fresh("expressions")
    known = set()
    count = 0
    for program in rules():
        for node in simple_statements(ast.parse(program.read_text())):
            if new := shapes(node) - known:
                known |= new
                count += 1
                (folder / f"{count:03}").write_text(ast.unparse(node))


def make_traces(binary):
    folder = fresh("traces")
    for name in TRACED:
        path = folder / f"{name}.trace.jsonl"
        subprocess.run([binary, "run", name, "--trace", path], stdout=subprocess.DEVNULL, check=False)
        lines = path.read_text().splitlines(keepends=True)
        while sum(map(len, lines)) > LARGEST:
            lines.pop()
        header = json.loads(lines[0]) | {"scenario": None}
        path.write_text(json.dumps(header, separators=(",", ":")) + "\n" + "".join(lines[1:]))


if __name__ == "__main__":
    make_programs()
    make_statements()
    make_traces(pathlib.Path(sys.argv[1]).resolve())
