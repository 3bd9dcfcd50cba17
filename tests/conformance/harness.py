#!/usr/bin/python3
"""Runs a Python program on CPython's asyncio under a virtual clock, and reports what its loops did.

  harness.py [--report FILE] [--max-iterations N] [--name FILE] [--world JSON] [--slow-callback S]
             PROGRAM     (`-`: standard input)

The program's own output goes to standard output as always, its traceback to standard error. The report (recorder.py)
is JSON; with `--report -` it takes the place of the program's output. Exit codes: the program's own (0, SystemExit's),
1 for an uncaught exception (130: KeyboardInterrupt), a deadlock or a limit, 2 for bad usage. Deadlocks and limits end
the run on the spot: no `except` or `finally` of the program sees them.
"""

import argparse
import ast
import builtins
import gc
import io
import json
import linecache
import os
import sys
import threading
import traceback
import types

import listing
import ordered_sets
import program_warnings
import virtual_threads
from recorder import THREAD_FAILED, Recorder, describe
from recording_loop import LoopWatch
from scheduler import MAIN
from virtual_world import VirtualWorld
from world_script import WorldScript

INTERRUPTED = 130  # what a shell shows for a Python that KeyboardInterrupt ended


class Harness:
    """One run of one program; a process runs only one."""

    def __init__(self, options):
        self._options = options
        self._world = VirtualWorld(self._deadlock, self._terminated)
        self._recorder = Recorder(self._world.clock)
        self._watch = LoopWatch(self._world, self._recorder, options, self._limit)
        self._print = builtins.print
        self._stderr = io.StringIO()

    def run(self, source, filename):
        """Never returns: ends the process with the program's exit code."""
        module = self._make_module(filename)
        try:
            tree = self._transform(ast.parse(source, filename))
            code = compile(tree, filename, "exec")
        except SyntaxError as error:
            self._finish(describe(error), None, 1)
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        self._install(filename)
        gc.disable()  # cycles are collected when the program is over, as the tool does
        end = self._execute(code, module)
        virtual_threads.finish()
        self._world.signals.forget_handlers()
        del module, sys.modules["__main__"]
        gc.collect()
        self._finish(*end)

    def _execute(self, code, module):
        try:
            exec(code, module.__dict__)
        except BaseException as error:  # whatever ends a program ends here
            return self._end_of(error)
        return None, None, 0

    def _make_module(self, filename):
        module = types.ModuleType("__main__")
        module.__file__ = filename
        module.__dict__["set"] = module.__dict__[ordered_sets.SetDisplays.NAME] = ordered_sets.InsertionSet
        module.__dict__["__loopscope_work__"] = self._world.work
        sys.modules["__main__"] = module
        return module

    def _transform(self, tree):
        """The listing's `work` (not one of the program's own) burns virtual time, and set displays keep their order.
        Line numbers stay."""
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and ast.unparse(node).splitlines() == listing.WORK:
                call = ast.parse("__loopscope_work__(seconds)").body
                node.body = [ast.copy_location(call[0], node.body[0])]
        return ast.fix_missing_locations(ordered_sets.SetDisplays().visit(tree))

    def _install(self, filename):
        sys.stderr = Tee(sys.stderr, self._stderr)
        self._world.install()
        self._world.threads.on_thread = self._thread_changed
        self._world.signals.on_signal = lambda name: self._recorder.add("signal", loop=None, name=name)
        WorldScript(self._options.world, self._world, self._peer_changed)
        threading.excepthook = self._thread_failed
        program_warnings.install(self._warned, self._reported)
        self._watch.install()
        ordered_sets.install(self._watch.births.number)
        builtins.print = self._make_print(filename)

    def _thread_changed(self, what, thread):
        self._recorder.add("thread", loop=None, thread=thread.id, what=what, name=thread.name)

    def _peer_changed(self, peer, what, text):
        self._recorder.add("peer", loop=None, thread=MAIN, peer=peer, what=what, text=text)

    def _warned(self, rule, text):
        self._recorder.add("warning", rule=rule)
        self._recorder.warnings.append(text)

    def _reported(self, what, error):
        self._recorder.add("reported", what=what, error=describe(error))

    def _thread_failed(self, failure):
        if failure.exc_type is not SystemExit:
            self._recorder.add("reported", loop=None, what=THREAD_FAILED, error=describe(failure.exc_value))
        threading.__excepthook__(failure)

    def _make_print(self, filename):
        def print(_, *values, sep=" ", end="\n", file=None, flush=False):
            if file is not None and file is not sys.stdout:
                return self._print(*values, sep=sep, end=end, file=file, flush=flush)
            end = "\n" if end is None else end
            shown = io.StringIO()
            self._print(*values, sep=sep, end=end, file=shown)
            text = shown.getvalue()
            self._record_output(text.removesuffix(end), end, sys._getframe(1), filename)
            self._write(text)

        return type("builtin_function_or_method", (), {"__call__": print, "__name__": "print", "__qualname__": "print",
                                                       "__repr__": lambda _: "<built-in function print>"})()

    def _record_output(self, text, end, frame, filename):
        line = frame.f_lineno if frame.f_code.co_filename == filename else None
        self._recorder.add("output", text=text, end=None if end == "\n" else end, task=running_task(), line=line)

    def _write(self, text):
        if self._options.report != "-":
            sys.stdout.write(text)

    def _end_of(self, error):
        """(error text, what ended the run, exit code) of an exception that the program did not catch."""
        if isinstance(error, SystemExit):
            if error.code is None or isinstance(error.code, int):
                return None, None, (error.code or 0) & 0xFF
            self._print(error.code, file=sys.stderr)
            return None, None, 1
        self._show_traceback(error)
        return describe(error), None, INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1

    @staticmethod
    def _show_traceback(error):
        own = os.path.abspath(__file__)
        shown = traceback.TracebackException.from_exception(error)
        shown.stack = traceback.StackSummary.from_list(
            frame for frame in shown.stack if os.path.abspath(frame.filename) != own)
        sys.stderr.write("".join(shown.format()))

    def _deadlock(self):
        self._finish("deadlock: select waits for ever and nothing can wake it", "deadlock", 1)

    def _terminated(self, exit_code):
        self._finish(None, "terminated", exit_code)

    def _limit(self, name):
        self._finish(f"limit: {name}", name, 1)

    def _finish(self, error, ended_by, exit_code):
        if ended_by is not None and error is not None:
            sys.stderr.write(error + "\n")
        self._write_report({**self._recorder.report(error, ended_by, exit_code), "stderr": self._stderr.getvalue()})
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(exit_code)  # nothing of the program may run any more

    def _write_report(self, report):
        if self._options.report == "-":
            json.dump(report, sys.stdout)
            sys.stdout.write("\n")
        elif self._options.report is not None:
            with open(self._options.report, "w", encoding="utf-8") as file:
                json.dump(report, file)


class Tee:
    """A text stream that writes to two."""

    def __init__(self, first, second):
        self._streams = first, second

    def write(self, text):
        for stream in self._streams:
            stream.write(text)
        return len(text)

    def flush(self):
        self._streams[0].flush()

    def __getattr__(self, name):
        return getattr(self._streams[0], name)


def running_task():
    import asyncio

    if asyncio._get_running_loop() is None:
        return None
    task = asyncio.current_task()
    return None if task is None else task.get_name()


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", metavar="PROGRAM")
    parser.add_argument("--report", metavar="FILE")
    parser.add_argument("--max-iterations", type=int, metavar="N")
    parser.add_argument("--name", metavar="FILE", help="the program's file name in tracebacks and reprs")
    parser.add_argument("--world", type=json.loads, default=[], metavar="JSON", help="the scenario's `world`")
    parser.add_argument("--slow-callback", type=float, default=0.1, metavar="SECONDS", help="debug mode's threshold")
    return parser.parse_args(arguments)


def refuse(why):
    sys.stderr.write(f"harness: {why}\n")
    sys.exit(2)


def main():
    options = parse_arguments(sys.argv[1:])
    if sys.version_info[:2] != (3, 11):
        refuse(f"CPython 3.11 is the judge, this is {sys.version.split()[0]}; use Debian 12's /usr/bin/python3")
    try:
        if options.program == "-":
            source = sys.stdin.read()
        else:
            with open(options.program, encoding="utf-8") as file:
                source = file.read()
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"cannot read {options.program}: {error}")
    sys.path[0] = ""
    sys.argv = [options.program]
    Harness(options).run(source, options.name or options.program)


if __name__ == "__main__":
    main()
