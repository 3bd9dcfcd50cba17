#!/usr/bin/python3
"""Holds the tool against CPython on random programs (program_maker.py), on all cores.

  random_programs.py BINARY [--seeds FIRST-LAST] [--features NAME,…] [--keep FOLDER] [--stderr]
  random_programs.py --write SEED | --listing SEED      prints the scenario of one seed, or its Python

Prints the first divergence of each program that differs and, with --keep, leaves its file in FOLDER. A program that
CPython ends by a deadlock or at the iteration limit must end so on the tool. One that CPython cannot finish in time is
counted and passed over. With --stderr, what both write on standard error must be the same, too.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import sys
import tempfile

import compare
import listing
import program_maker
import runs
from harness_server import HarnessServer

ITERATIONS = 3000
EVERY = 10  # of how many programs one is also run twice, and its listing compared


def first_and_last(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def scenario_of(seed, features):
    scenario = program_maker.ProgramMaker(seed, features).scenario()
    return {**scenario, "loop": {"limits": {"iterations": ITERATIONS}}}


def compare_seed(binary, seed, features, folder, judge, stderr):
    """None, "unfinished", or what is wrong."""
    scenario = scenario_of(seed, features)
    path = pathlib.Path(folder, f"random-{seed}.json")
    path.write_text(json.dumps(scenario, indent=2) + "\n", encoding="utf-8")
    try:
        report = runs.run_scenario(scenario, ITERATIONS, judge.run)
    except runs.RunFailed:
        return "unfinished"
    if not stderr:
        del report["stderr"]
    try:
        thorough = seed % EVERY == 0
        return (compare.compare_with_report if thorough else compare.compare_once)(binary, path, report)
    except runs.RunFailed as error:
        return str(error)


def compare_slice(binary, seeds, features, keep, stderr):
    """(seed, what is wrong) of those that are not the same."""
    found = []
    with tempfile.TemporaryDirectory() as folder, HarnessServer() as judge:
        for seed in seeds:
            wrong = compare_seed(binary, seed, features, keep or folder, judge, stderr)
            if wrong not in (None, "unfinished"):
                print(f"random program {seed} DIFFERS\n  " + wrong.replace("\n", "\n  "), flush=True)
            if wrong:
                found.append((seed, wrong))
    return found


def compare_seeds(binary, seeds, features, keep, stderr):
    slices = [seeds[first::32] for first in range(min(32, len(seeds)))]
    with concurrent.futures.ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        running = [pool.submit(compare_slice, binary, part, features, keep, stderr) for part in slices]
        found = [pair for done in running for pair in done.result()]
    unfinished = sorted(seed for seed, wrong in found if wrong == "unfinished")
    failed = sorted(seed for seed, wrong in found if wrong != "unfinished")
    print(f"{len(seeds) - len(found)} of {len(seeds)} random programs are the same as CPython; passed over: "
          f"{unfinished or 'none'}; different: {failed or 'none'}")
    return not failed and len(unfinished) <= len(seeds) // 20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", metavar="BINARY")
    parser.add_argument("--seeds", type=first_and_last, default=range(1, 101), metavar="FIRST-LAST")
    parser.add_argument("--features", type=lambda text: text.split(","), metavar="NAME,…")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--stderr", action="store_true")
    parser.add_argument("--write", type=int, metavar="SEED")
    parser.add_argument("--listing", type=int, metavar="SEED")
    options = parser.parse_args()
    if options.write is not None:
        print(json.dumps(scenario_of(options.write, options.features), indent=2))
        return
    if options.listing is not None:
        print("\n".join(listing.listing(scenario_of(options.listing, options.features))))
        return
    if options.binary is None:
        parser.error("BINARY is missing")
    if options.keep:
        pathlib.Path(options.keep).mkdir(parents=True, exist_ok=True)
    same = compare_seeds(options.binary, options.seeds, options.features, options.keep, options.stderr)
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
