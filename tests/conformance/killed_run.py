#!/usr/bin/python3
"""Kills a long run in its midst and checks that its trace opens up to the last whole line.

  killed_run.py BINARY [--iterations N]
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import generate
import runs


def kill_when(process, trace, size):
    """Kills as soon as the trace has `size` bytes; False when the run was faster."""
    while process.poll() is None:
        if trace.exists() and trace.stat().st_size >= size:
            process.kill()
            process.wait()
            return True
        time.sleep(0.001)
    return False


def whole_lines(trace):
    lines = trace.read_bytes().split(b"\n")
    return lines[:-1], lines[-1]


def problem(binary, iterations, folder):
    scenario = pathlib.Path(folder, "busy.json")
    trace = pathlib.Path(folder, "busy.trace.jsonl")
    scenario.write_text(json.dumps(generate.busy(iterations)), encoding="utf-8")
    process = subprocess.Popen([binary, "run", str(scenario), "--trace", str(trace)], stdout=subprocess.DEVNULL)
    if not kill_when(process, trace, 2_000_000):
        return f"the run ended (exit code {process.returncode}) before it could be killed"
    lines, rest = whole_lines(trace)
    events = [json.loads(line) for line in lines[1:]]
    done = max(event["n"] for event in events if event["ev"] == "iteration.begin")
    if done >= iterations:
        return "the run was over already"
    info = runs.call([binary, "info", str(trace)])
    print(f"killed in iteration {done} of {iterations}: {len(lines)} whole lines, {len(rest)} bytes cut short")
    if info.returncode != 0:
        return f"info: exit code {info.returncode}\n{info.stderr}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", metavar="BINARY")
    parser.add_argument("--iterations", type=int, default=90000, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wrong = problem(options.binary, options.iterations, folder)
    if wrong:
        sys.exit(wrong)


if __name__ == "__main__":
    main()
