#!/usr/bin/python3
"""Holds scenarios/scenario.schema.json and the loader against each other, so that they cannot drift.

  schema_test.py LOOPSCOPE      LOOPSCOPE: the tool

Every library file validates. A scenario that uses every key of the schema is changed in every place, one change at a
time: whatever the loader then calls wrong the schema must reject, and the other way round. Left out is what a schema
cannot see: Python inside strings, whether a peer has connected before, what only this version lacks.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import warnings

warnings.simplefilter("ignore")
import jsonschema  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "scenarios/scenario.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
TOOL = None

EVERYTHING = {
    "$schema": "x", "loopscope": 1, "title": "t", "about": "a", "tags": ["x"], "source": "s",
    "loop": {
        "model": "asyncio", "clock": "virtual", "debug": False, "slow_callback": 0.2, "turn_cost": 0.01,
        "limits": {"iterations": 10, "events": 10, "steps": 10, "time": 1.5, "memory": 10}},
    "program": [
        "x = 1",
        {"def": "f(a)", "do": ["return a"]},
        {"async def": "g()", "do": [
            {"async for": "x in f(1)", "do": ["pass"]},
            {"async with": "f(1) as y", "do": []},
            {"if": "x", "do": [{"async with": "f(1)", "do": []}]}]},
        {"class": "C(Exception)", "do": ["y = 2"]},
        {"if": "x", "do": ["pass"], "elif": [{"if": "x", "do": ["pass"]}], "else": ["pass"]},
        {"while": "x", "do": ["break"]},
        {"for": "i in []", "do": ["continue"]},
        {"try": ["pass"], "except": [{"catch": "ValueError as e", "do": ["pass"]}, {"do": ["pass"]}],
         "else": ["pass"], "finally": ["pass"]},
        {"with": "f(1) as x", "do": ["pass"]}],
    "world": [
        {"at": 0.5, "connect": 5555, "as": "alice"},
        {"at": 0.6, "from": "alice", "send": "hello"},
        {"at": 0.7, "from": "alice", "close": True},
        {"at": 0.8, "from": "alice", "reset": True},
        {"at": 2, "signal": "SIGINT"}],
    "expect": {"output": ["x"], "error": "e", "duration": 1, "warnings": ["deadlock"], "limit": "steps"},
    "lesson": [{"at": "iteration 3", "say": "x", "ask": "y", "choices": ["a", "b"], "answer": 2}, {"at": "end"}],
}
VALUES = [None, True, -1, 0, 1.5, 70000, 10**16, [], {}, ["x"], [{}], {"x": 1}, "nothing like it"]
NOT_STRUCTURE = re.compile(
    r"in the format, but this version of loopscope|not supported by this version|nested blocks|no event before this one")


def strip_comments(text):
    return re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda m: m[1] or "", text, flags=re.S)


def places(value, path=()):
    """Every place of a JSON value: (path, value)."""
    yield path, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def is_python(path):
    """Whether a string there is Python, which the schema does not read."""
    return path and path[0] == "program"


def changed(path, value):
    scenario = copy.deepcopy(EVERYTHING)
    if not path:
        return value
    at = scenario
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return scenario


def without(path):
    scenario = copy.deepcopy(EVERYTHING)
    at = scenario
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    return scenario


def with_unknown_key(path):
    scenario = copy.deepcopy(EVERYTHING)
    at = scenario
    for key in path:
        at = at[key]
    at["unheard of"] = 1
    return scenario


def variants():
    for path, value in places(EVERYTHING):
        if path:
            yield f"without {path}", without(path)
        if isinstance(value, dict):
            yield f"unknown key in {path}", with_unknown_key(path)
        for other in VALUES:
            if isinstance(other, str) and is_python(path):
                continue
            if other != value or type(other) is not type(value):
                yield f"{path} = {other!r}", changed(path, other)
    moved = copy.deepcopy(EVERYTHING)
    moved["program"] += [{"async with": "x", "do": []}, {"def": "h()", "do": [{"async for": "x in y", "do": []}]}]
    yield "async statements outside of async functions", moved
    for pair in ({"def": "h()", "if": "x", "do": []}, {"try": [], "else": [], "finally": []}, {"try": []},
                 {"try": [], "except": []}, {"while": "x", "do": [], "else": []}):
        yield f"{pair}", changed(("program", 0), pair)
    for at in ("iteration 0", "loop 2", "output x", "output \"x'", "output \"x\" #2", "line 7 #0", "task  done", "time x", "time 1.", "end ", ""):
        yield f"selector {at!r}", changed(("lesson", 0, "at"), at)
    for choices in ([], ["a"], ["a", "b"], list("abcdefghi"), list("abcdefghij"), ["a", "a"]):
        yield f"choices {choices}", changed(("lesson", 0, "choices"), choices)


class Loader:
    """What `loopscope listing` says of files, one by one."""

    def __init__(self, folder):
        self._file = pathlib.Path(folder) / "scenario.json"

    def errors(self, scenario):
        self._file.write_text(json.dumps(scenario), encoding="utf-8")
        ran = subprocess.run([TOOL, "listing", self._file], capture_output=True, text=True, timeout=20)
        lines = [line for line in ran.stderr.splitlines() if ": error: " in line]
        assert (ran.returncode != 0) == bool(lines), ran.stderr
        return [line for line in lines if not NOT_STRUCTURE.search(line)]


class SchemaTest(unittest.TestCase):
    maxDiff = None

    def test_it_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_every_key_has_a_description(self):
        def walk(schema, path):
            for key, value in schema.get("properties", {}).items():
                constrains_only = path.endswith(("/then", "/if")) or "/anyOf" in path and "type" not in schema
                if not constrains_only:
                    self.assertTrue(value.get("description"), f"{path}/{key}")
            for key, value in schema.items():
                for number, inner in enumerate(value if isinstance(value, list) else [value]):
                    if isinstance(inner, dict):
                        walk(inner, f"{path}/{key}" if not isinstance(value, list) else f"{path}/{key}/{number}")
        walk({**SCHEMA, "properties": SCHEMA["properties"]}, "")

    def test_every_library_file_validates(self):
        files = sorted((ROOT / "scenarios/library").glob("*.json"))
        self.assertGreater(len(files), 10)
        for file in files:
            scenario = json.loads(strip_comments(file.read_text(encoding="utf-8-sig")))
            self.assertEqual([e.message for e in VALIDATOR.iter_errors(scenario)], [], file.name)

    def test_the_scenario_of_this_test_uses_every_key(self):
        known = set(re.findall(r'"([^"]+)": \{\s*"description"', json.dumps(SCHEMA)))
        used = {part for path, _ in places(EVERYTHING) for part in path if isinstance(part, str)}
        definitions = {"statement", "async_statement", "world_event", "lesson_step", "items"}
        self.assertEqual(known - used - definitions, set())

    def test_loader_and_schema_agree_on_every_change(self):
        with tempfile.TemporaryDirectory() as folder:
            loader = Loader(folder)
            self.assertEqual(loader.errors(EVERYTHING), [])
            self.assertEqual([e.message for e in VALIDATOR.iter_errors(EVERYTHING)], [])
            differences, count = [], 0
            for what, scenario in variants():
                count += 1
                errors, valid = loader.errors(scenario), VALIDATOR.is_valid(scenario)
                if valid == bool(errors):
                    differences.append(f"{what}: the schema says {'right' if valid else 'wrong'}, "
                                       f"the loader {errors or 'right'}")
        self.assertEqual(differences, [])
        self.assertGreater(count, 500)


if __name__ == "__main__":
    TOOL = sys.argv.pop()
    unittest.main()
