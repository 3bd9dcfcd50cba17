"""Runs a program on CPython under the harness, and a scenario on the tool; each in a process of its own."""

import json
import pathlib
import subprocess
import sys
import tempfile

import listing

HERE = pathlib.Path(__file__).resolve().parent
LIBRARY = HERE.parent.parent / "scenarios" / "library"
SECONDS = 120


class RunFailed(Exception):
    """A process that could not do its job: the harness, or the tool on `listing`."""


def end_of(output_event):
    """What a print ended with: null stands for a newline."""
    return "\n" if output_event["end"] is None else output_event["end"]


def run_scenario(scenario, max_iterations=None, run=None):
    """The report of the harness on a scenario, in a process of its own, or by `run` (HarnessServer.run)."""
    return (run or run_harness)(listing.listing(scenario), max_iterations, settings_of(scenario))


def settings_of(scenario):
    """What the harness must know of a scenario beside its listing."""
    slow = scenario.get("loop", {}).get("slow_callback")
    return {key: value for key, value in (("world", scenario.get("world")), ("slow-callback", slow)) if value}


def harness_options(max_iterations=None, settings=None):
    """Arguments for harness.py."""
    options = ["--name", "<listing>"]
    for key, value in (settings or {}).items():
        options += [f"--{key}", json.dumps(value)]
    return options if max_iterations is None else [*options, "--max-iterations", str(max_iterations)]


def run_harness(lines, max_iterations=None, settings=None):
    """The report of the harness on a listing."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, "listing.py")
        program.write_text("\n".join(lines) + "\n", encoding="utf-8")
        report = pathlib.Path(folder, "report.json")
        done = call([sys.executable, str(HERE / "harness.py"), "--report", str(report),
                     *harness_options(max_iterations, settings), str(program)])
        if not report.exists():
            raise RunFailed(f"the harness made no report (exit code {done.returncode}):\n{done.stderr}")
        return json.loads(report.read_text(encoding="utf-8"))


def judge_each(programs, compare, what):
    """Prints what `compare(program)` finds wrong with each of the files, and in one line how many `what` it finds
    nothing wrong with. The exit code."""
    failed = []
    for program in programs:
        try:
            wrong = compare(program)
        except RunFailed as error:
            wrong = str(error)
        if wrong:
            failed.append(program.stem)
            print(f"{program.stem} DIFFERS\n  " + wrong.replace("\n", "\n  "))
    print(f"{len(programs) - len(failed)} of {len(programs)} {what} as on CPython; different: {failed or 'none'}")
    return 1 if failed or not programs else 0


def tool_listing(binary, path):
    done = call([binary, "listing", str(path)])
    if done.returncode != 0:
        raise RunFailed(f"{binary} listing {path}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout.removesuffix("\n").split("\n")


def run_tool(binary, path, trace):
    """Runs the scenario, writing the trace; the completed process."""
    return call([binary, "run", str(path), "--trace", str(trace)])


def call(command):
    try:
        return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise RunFailed(f"{' '.join(command)}: not done after {SECONDS} s") from error
    except OSError as error:
        raise RunFailed(f"{command[0]}: {error.strerror}") from error
