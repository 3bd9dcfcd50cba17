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
    failed = []
    with tempfile.TemporaryDirectory() as folder, HarnessServer() as judge:
        for program in programs:
            try:
                wrong = compare_rule(options.binary, program, folder, judge)
            except runs.RunFailed as error:
                wrong = str(error)
            if wrong:
                failed.append(program.stem)
                print(f"{program.stem} DIFFERS\n  " + wrong.replace("\n", "\n  "))
    print(f"{len(programs) - len(failed)} of {len(programs)} rules hold as on CPython; broken: {failed or 'none'}")
    sys.exit(1 if failed or not programs else 0)


if __name__ == "__main__":
    main()
