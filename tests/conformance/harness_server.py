#!/usr/bin/python3
"""Runs many programs under the harness, each in a fork of one warm process: what a start of Python costs is paid once.

  harness_server.py      reads requests from standard input, one JSON object a line: {"program": TEXT, "report": FILE,
                         "options": [ARGUMENT...]} (as for harness.py); answers each with its exit status, a line
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

import harness
import runs

SECONDS = 20  # for one program; a random one that never blocks would run for ever


class HarnessServer:
    """The client's side; `with` ends it."""

    def __enter__(self):
        self._process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL, encoding="utf-8")
        return self

    def __exit__(self, *exception):
        self._process.stdin.close()
        self._process.wait()

    def run(self, lines, max_iterations=None, settings=None):
        """As runs.run_harness. RunFailed when the program did not come to an end."""
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder, "report.json")
            request = {"program": "\n".join(lines) + "\n", "report": str(report),
                       "options": runs.harness_options(max_iterations, settings)}
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            status = self._process.stdout.readline().strip()
            if not report.exists():
                raise runs.RunFailed(f"the harness made no report (exit status {status})")
            return json.loads(report.read_text(encoding="utf-8"))


def run_in_fork(request):
    """The exit status of the program: a signal's number, negative, when it had to be killed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.alarm(SECONDS)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    options = harness.parse_arguments([*request["options"], "--report", request["report"], "listing.py"])
    sys.argv = ["listing.py"]
    harness.Harness(options).run(request["program"], options.name or "listing.py")


def main():
    for line in sys.stdin:
        print(run_in_fork(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
