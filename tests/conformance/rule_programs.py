#!/usr/bin/python3
"""Holds the tool against CPython on one small program for each rule of core/SEMANTICS.md (rules/*.py).

  rule_programs.py BINARY [NAME...]

A file is named after its rule; what it shows stands in its docstring.
"""

import argparse
import json
import pathlib
import sys
import tempfile

import compare
import from_python
import runs
from harness_server import HarnessServer

RULES = runs.HERE / "rules"
ITERATIONS = 1000


def compare_rule(binary, program, folder, judge):
    scenario = from_python.scenario_of(program)
    scenario["loop"] = {"limits": {"time": 30 * 86400}, **scenario.get("loop", {})}
    path = pathlib.Path(folder, program.stem + ".json")
    path.write_text(json.dumps(scenario, indent=2), encoding="utf-8")
    report = runs.run_scenario(scenario, ITERATIONS, judge.run)
    return compare.compare_with_report(binary, path, report)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    programs = [RULES / f"{name}.py" for name in options.names] or sorted(RULES.glob("*.py"))
    with tempfile.TemporaryDirectory() as folder, HarnessServer() as judge:
        sys.exit(runs.judge_each(
            programs, lambda program: compare_rule(options.binary, program, folder, judge), "rules hold"))


if __name__ == "__main__":
    main()
