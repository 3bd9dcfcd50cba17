#!/usr/bin/python3
"""Holds the tool against CPython on random programs (program_maker.py).

  random_programs.py BINARY [--seeds FIRST-LAST] [--keep FOLDER]
  random_programs.py --write SEED            prints the scenario of one seed

Prints the first divergence of each program that differs and, with --keep, leaves its file in FOLDER. Programs that
CPython cannot finish (a deadlock, the iteration limit) are counted and passed over.
"""

import argparse
import json
import pathlib
import sys
import tempfile

import compare
import listing
import program_maker
import runs

ITERATIONS = 3000


def first_and_last(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def compare_seed(binary, seed, folder):
    """None, "unfinished", or what is wrong."""
    scenario = program_maker.ProgramMaker(seed).scenario()
    path = pathlib.Path(folder, f"random-{seed}.json")
    path.write_text(json.dumps(scenario, indent=2) + "\n", encoding="utf-8")
    report = runs.run_harness(listing.listing(scenario), ITERATIONS)
    if report["ended_by"] is not None:
        return "unfinished"
    try:
        return compare.compare_with_report(binary, path, report)
    except runs.RunFailed as error:
        return str(error)


def compare_seeds(binary, seeds, folder):
    failed, unfinished = [], 0
    for seed in seeds:
        wrong = compare_seed(binary, seed, folder)
        unfinished += wrong == "unfinished"
        if wrong not in (None, "unfinished"):
            failed.append(seed)
            print(f"random program {seed} DIFFERS\n  " + wrong.replace("\n", "\n  "), flush=True)
    same = len(seeds) - len(failed) - unfinished
    print(f"{same} of {len(seeds)} random programs are the same as CPython; {unfinished} passed over; "
          f"different: {failed or 'none'}")
    return not failed and same > len(seeds) // 2


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", metavar="BINARY")
    parser.add_argument("--seeds", type=first_and_last, default=range(1, 101), metavar="FIRST-LAST")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--write", type=int, metavar="SEED")
    options = parser.parse_args()
    if options.write is not None:
        print(json.dumps(program_maker.ProgramMaker(options.write).scenario(), indent=2))
        return
    if options.binary is None:
        parser.error("BINARY is missing")
    if options.keep:
        pathlib.Path(options.keep).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if compare_seeds(options.binary, options.seeds, options.keep or folder) else 1)


if __name__ == "__main__":
    main()
