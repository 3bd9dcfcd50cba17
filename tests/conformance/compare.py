#!/usr/bin/python3
"""Holds the tool against CPython, scenario by scenario.

  compare.py BINARY [NAME|FILE...]     (no names: every library scenario)
  compare.py --self-test

For each scenario on the `asyncio` model and the virtual clock: the tool's listing must be ours (listing.py), and the
tool's trace must tell the same story as CPython does under the harness: every output line with its iteration and time,
iterations, select timeouts, ready counts, promotions, task steps and ends, error, exit code and duration. A second run
must write the same bytes, and the scenario's `expect` must be what CPython did. Prints the first divergence of each;
exit code 1 when there is one.
`--self-test` alters reports, traces and listings in every way that counts and fails unless each is noticed.
"""

import argparse
import json
import pathlib
import sys
import tempfile

import differences
import expect
import listing
import runs
import standard_error
import trace_report


def scenario_files(names):
    if not names:
        return sorted(runs.LIBRARY.glob("*.json"))
    return [path if (path := pathlib.Path(name)).suffix == ".json" else runs.LIBRARY / f"{name}.json"
            for name in names]


def applies(scenario):
    loop = scenario.get("loop", {})
    return loop.get("model", "asyncio") == "asyncio" and loop.get("clock", "virtual") == "virtual"


def compare_scenario(binary, path):
    """What is wrong, as text, or None."""
    scenario = listing.load(path)
    report = runs.run_scenario(scenario, expect.max_iterations(scenario))
    return compare_with_report(binary, path, report) or different_expect(scenario, report)


def compare_once(binary, path, report):
    """What is wrong with one run of the tool, beside the report of CPython on our listing, or None."""
    with tempfile.TemporaryDirectory() as folder:
        trace = pathlib.Path(folder, "1.trace.jsonl")
        return different_run(report, runs.run_tool(binary, path, trace), trace)


def compare_with_report(binary, path, report):
    """The same with the tool's listing, and with a second run that must write the same bytes."""
    wrong = different_listing(listing.listing(listing.load(path)), runs.tool_listing(binary, path))
    if wrong:
        return wrong
    with tempfile.TemporaryDirectory() as folder:
        first, second = pathlib.Path(folder, "1.trace.jsonl"), pathlib.Path(folder, "2.trace.jsonl")
        wrong = different_run(report, runs.run_tool(binary, path, first), first)
        if wrong:
            return wrong
        runs.run_tool(binary, path, second)
        return None if first.read_bytes() == second.read_bytes() else "two runs wrote different traces"


def different_run(report, done, trace):
    if not trace.exists():
        return f"no trace was written (exit code {done.returncode}):\n{done.stderr}"
    try:
        with open(trace, encoding="utf-8") as file:
            actual = trace_report.report_of(file, done.returncode)
    except trace_report.TraceError as error:
        return f"the trace is not in order: {error}\n{done.stderr}"
    wrong = differences.first_difference(report, actual)
    if wrong:
        return f"{wrong}\n{done.stderr}".rstrip()
    wrong = different_stdout(report, done.stdout)
    if wrong or "stderr" not in report:
        return wrong
    return standard_error.difference(report["stderr"], done.stderr, differences.masked)


def different_stdout(report, stdout):
    printed = "".join(event["text"] + runs.end_of(event) for event in report["events"] if event["kind"] == "output")
    if differences.masked(printed) == differences.masked(stdout):
        return None
    return f"standard output:\n  CPython:   {printed!r}\n  loopscope: {stdout!r}"


def different_expect(scenario, report):
    computed = expect.computed(scenario, report)
    if "expect" not in scenario or scenario["expect"] == computed:
        return None
    return f"`expect` is not what CPython does (expect.py --write puts it right): {json.dumps(computed)}"


def different_listing(expected, actual):
    for number in range(max(len(expected), len(actual))):
        ours = expected[number] if number < len(expected) else "(no such line)"
        theirs = actual[number] if number < len(actual) else "(no such line)"
        if ours != theirs:
            return f"listing, line {number + 1}:\n  by the rules: {ours}\n  loopscope:    {theirs}"
    return None


def compare_all(binary, names):
    failed = compared = 0
    for path in scenario_files(names):
        if not applies(listing.load(path)):
            print(f"{path.stem}: skipped (needs another model or the real clock)")
            continue
        compared += 1
        try:
            wrong = compare_scenario(binary, path)
        except runs.RunFailed as error:
            wrong = str(error)
        failed += wrong is not None
        print(f"{path.stem}: {'same as CPython' if wrong is None else 'DIFFERS'}")
        if wrong:
            print("  " + wrong.replace("\n", "\n  "))
    print(f"{compared - failed} of {compared} scenarios are the same as CPython")
    return failed == 0 and compared > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", metavar="BINARY")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        import self_test

        sys.exit(self_test.run())
    if options.binary is None:
        parser.error("BINARY is missing")
    sys.exit(0 if compare_all(options.binary, options.names) else 1)


if __name__ == "__main__":
    main()
