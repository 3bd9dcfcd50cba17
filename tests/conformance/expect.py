#!/usr/bin/python3
"""Computes a scenario's `expect` from a run of its listing on CPython under the harness.

  expect.py [--write] [--binary LOOPSCOPE] FILE...

Prints it, or puts it into the file with --write; all other bytes of the file stay as they are. The listing is our own
(listing.py), or the tool's with --binary. Exit code 1 when --write was not asked for and a file's `expect` differs.
"""

import argparse
import json
import re
import sys

import listing
import program_warnings
import runs

KNOWN_RULES = {*program_warnings.LOGGED, "never_awaited"}
DECODER = json.JSONDecoder()


def computed(scenario, report):
    """`expect` as a dictionary. Warnings that only the tool gives are kept from the old one."""
    stdout = "".join(event["text"] + runs.end_of(event) for event in report["events"] if event["kind"] == "output")
    expect = {"output": [mask(line) for line in stdout.removesuffix("\n").split("\n")] if stdout else []}
    if report["ended_by"] is None and report["error"] is not None:
        expect["error"] = mask(report["error"])
    expect["duration"] = report["duration"]
    if rules := warning_rules(scenario, report):
        expect["warnings"] = rules
    if report["ended_by"] not in (None, "deadlock", "terminated"):
        expect["limit"] = report["ended_by"]
    return expect


def warning_rules(scenario, report):
    """Each rule once, in the order of its first warning."""
    old = [rule for rule in scenario.get("expect", {}).get("warnings", []) if rule not in KNOWN_RULES]
    return list(dict.fromkeys([event["rule"] for event in report["events"] if event["kind"] == "warning"] + old))


def max_iterations(scenario):
    return scenario.get("loop", {}).get("limits", {}).get("iterations", 100000)


def mask(text):
    return re.sub(r"0x[0-9a-f]+", "{*}", text)


def formatted(expect):
    """Two-space indent, one output line a line, as the library is written."""
    return json.dumps(expect, indent=2, ensure_ascii=False).replace("\n", "\n  ")


def with_expect(text, expect):
    """The file's text with `expect` replaced, or added behind the last key."""
    span = value_span(text, "expect")
    if span is not None:
        return text[:span[0]] + formatted(expect) + text[span[1]:]
    end = listing.strip_comments(text).rindex("}")
    before = text[:end].rstrip()
    return before + ',\n  "expect": ' + formatted(expect) + "\n" + text[end:]


def value_span(text, wanted):
    """(begin, end) of the value of a top-level key, or None."""
    bare = listing.strip_comments(text)
    at = bare.index("{") + 1
    while True:
        at = skip(bare, at, " \t\r\n,")
        if bare[at] == "}":
            return None
        key, at = DECODER.raw_decode(bare, at)
        begin = skip(bare, at, " \t\r\n:")
        _, at = DECODER.raw_decode(bare, begin)
        if key == wanted:
            return begin, at


def skip(text, at, characters):
    while text[at] in characters:
        at += 1
    return at


def handle(path, options):
    scenario = listing.load(path)
    lines = runs.tool_listing(options.binary, path) if options.binary else listing.listing(scenario)
    expect = computed(scenario, runs.run_harness(lines, max_iterations(scenario), runs.settings_of(scenario)))
    if options.write:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        new = with_expect(text, expect)
        if new != text:
            with open(path, "w", encoding="utf-8") as file:
                file.write(new)
        return True
    same = scenario.get("expect") == expect
    print(f"{path}: {'as computed' if same else 'differs; computed:'}")
    if not same:
        print("  " + formatted(expect))
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--binary", metavar="LOOPSCOPE")
    options = parser.parse_args()
    sys.exit(0 if all([handle(path, options) for path in options.files]) else 1)


if __name__ == "__main__":
    main()
