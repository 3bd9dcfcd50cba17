#!/usr/bin/python3
"""Holds C++ programs on the core against CPython: core_programs/NAME.cpp is core_programs/NAME.py.

  core_programs.py BINARY [NAME...]

BINARY runs them (core_programs/main.cpp). What each prints, and all that its loops do, must be the same. Two things
have no counterpart: lines of a listing, and coroutines that nobody awaits, of which the compiler warns.
"""

import argparse
import pathlib
import sys
import tempfile

import differences
import runs
import trace_report

PROGRAMS = runs.HERE / "core_programs"


def comparable(report):
    events = [event for event in report["events"] if event.get("rule") != "never_awaited"]
    return {**report, "events": [{**event, "line": None, "task": None} if event["kind"] == "output" else event
                                 for event in events]}


def compare_program(binary, program):
    """What is wrong, as text, or None."""
    report = runs.run_harness(program.read_text(encoding="utf-8").splitlines())
    with tempfile.TemporaryDirectory() as folder:
        trace = pathlib.Path(folder, "1.trace.jsonl")
        done = runs.call([binary, program.stem, str(trace)])
        if not trace.exists():
            return f"no trace was written (exit code {done.returncode}):\n{done.stderr}"
        with open(trace, encoding="utf-8") as file:
            try:
                actual = trace_report.report_of(file, done.returncode)
            except trace_report.TraceError as error:
                return str(error)
    wrong = differences.first_difference(comparable(report), comparable(actual))
    return wrong and f"{wrong}\n{done.stderr}".rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    programs = [PROGRAMS / f"{name}.py" for name in options.names] or sorted(PROGRAMS.glob("*.py"))
    sys.exit(runs.judge_each(programs, lambda program: compare_program(options.binary, program), "C++ programs run"))


if __name__ == "__main__":
    main()
