#!/usr/bin/python3
"""Writes big scenarios for tests, to standard output or with -o to a file.

  generate.py busy ITERATIONS [-o FILE]

busy: a run of exactly ITERATIONS iterations (10 or more) that prints two lines, for tests that stop a run in its midst.
Beside the task that keeps the loop turning, ten timers lie in the heap; on the virtual clock they fire at the end.
"""

import argparse
import json
import sys

BEFORE_AND_AFTER = 9  # iterations of asyncio.run around the turns: first step, timers, shutdown


def busy(iterations):
    turns = iterations - BEFORE_AND_AFTER
    if turns < 1:
        raise ValueError(f"busy needs more than {BEFORE_AND_AFTER} iterations")
    return {
        "loopscope": 1,
        "title": f"Busy for {iterations} iterations",
        "tags": ["generated"],
        "loop": {"limits": limits(iterations)},
        "program": [
            {"def": "nothing()", "do": []},
            {"async def": "main()", "do": [
                "print('begin')",
                "loop = asyncio.get_running_loop()",
                {"for": "i in range(10)", "do": ["loop.call_later(1, nothing)"]},
                {"for": f"turn in range({turns})", "do": ["await asyncio.sleep(0)"]},
                "await asyncio.sleep(2)",
                "print('end')"]},
            "asyncio.run(main())"],
        "expect": {"output": ["begin", "end"], "duration": 2.0},
    }


def limits(iterations):
    return {"iterations": max(100000, iterations), "events": max(5000000, 60 * iterations),
            "steps": max(20000000, 20 * iterations)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["busy"])
    parser.add_argument("iterations", type=int, metavar="ITERATIONS")
    parser.add_argument("-o", metavar="FILE", dest="output")
    options = parser.parse_args()
    try:
        text = json.dumps(busy(options.iterations), indent=2) + "\n"
    except ValueError as error:
        parser.error(str(error))
    if options.output is None:
        sys.stdout.write(text)
    else:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
