#!/usr/bin/python3
"""The Python listing of a scenario, by the rules of scenarios/FORMAT.md.

  listing.py FILE

A second implementation, on purpose: compare.py holds the tool's own listing against this one.
"""

import ast
import json
import re
import symtable
import sys

MODULES = ("asyncio", "concurrent.futures", "functools", "queue", "selectors", "signal", "socket", "threading", "time")
WORK = ["def work(seconds):",
        "    end = time.perf_counter() + seconds",
        "    while time.perf_counter() < end:",
        "        pass"]
HEADERS = ("def", "async def", "class", "if", "while", "for", "async for", "with", "async with")


def load(path):
    """The scenario as a dictionary; comments are allowed where JSON allows space."""
    with open(path, encoding="utf-8-sig") as file:
        return json.loads(strip_comments(file.read()))


def strip_comments(text):
    """Blanks out `//` and `/* */` outside strings; positions stay."""
    pattern = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
    return pattern.sub(lambda m: m[0] if m[0].startswith('"') else re.sub(r"[^\n]", " ", m[0]), text)


def listing(scenario):
    """The lines of the listing."""
    debug = scenario.get("loop", {}).get("debug", False)
    body = Renderer(debug).module(scenario["program"])
    names = names_used(body)
    imports = [f"import {name}" for name in MODULES if uses(name, names) or (name == "time" and "work" in names)]
    if "work" in names:
        return space_out([imports, WORK, body])
    if body and re.match(r"(async def|def|class) ", body[0]):
        return space_out([imports, body])
    return space_out([imports + body])


def names_used(lines):
    """Every dotted name that the program reads and does not bind itself: {"asyncio", "asyncio.run", …}."""
    text = "\n".join(lines)
    free = free_names(symtable.symtable(text, "listing.py", "exec"))
    dotted = {ast.unparse(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
    return free | {name for name in dotted if name.partition(".")[0] in free}


def free_names(module):
    """Names that some scope takes from the module, and that the module does not bind."""
    bound = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_assigned()}
    found, scopes = set(), [module]
    while scopes:
        scope = scopes.pop()
        scopes += scope.get_children()
        bound |= {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_declared_global() and symbol.is_assigned()}
        found |= {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_referenced() and symbol.is_global()
                  or scope is module and symbol.is_referenced()}
    return found - bound


def uses(module, names):
    return module in names or any(name.startswith(module + ".") for name in names)


def space_out(blocks):
    lines = []
    for block in blocks:
        if lines and block and lines[-1] != "":
            lines.append("")
        lines.extend(block)
    while lines and lines[-1] == "":
        lines.pop()
    return lines


class Renderer:
    """Prints statements, four spaces a level."""

    def __init__(self, debug):
        self._debug = debug

    def module(self, program):
        lines = []
        for statement in program:
            defines = isinstance(statement, dict) and any(key in statement for key in ("def", "async def", "class"))
            if defines and lines and lines[-1] != "":
                lines.append("")
            lines.extend(self.statement(statement, 0))
            if defines:
                lines.append("")
        return lines

    def block(self, statements, level):
        lines = []
        for statement in statements:
            lines.extend(self.statement(statement, level))
        only_comments = all(line.lstrip().startswith("#") for line in lines)
        return lines + ["    " * level + "pass"] if only_comments else lines

    def statement(self, statement, level):
        if isinstance(statement, str):
            return ["    " * level + self._simple(statement)]
        if "try" in statement:
            return self._try(statement, level)
        keyword = next(key for key in HEADERS if key in statement)
        lines = self._clause(f"{keyword} {statement[keyword]}", statement.get("do", []), level)
        for branch in statement.get("elif", []):
            lines += self._clause(f"elif {branch['if']}", branch.get("do", []), level)
        if "else" in statement:
            lines += self._clause("else", statement["else"], level)
        return lines

    def _try(self, statement, level):
        lines = self._clause("try", statement["try"], level)
        for handler in statement.get("except", []):
            header = f"except {handler['catch']}" if "catch" in handler else "except"
            lines += self._clause(header, handler.get("do", []), level)
        for keyword in ("else", "finally"):
            if keyword in statement:
                lines += self._clause(keyword, statement[keyword], level)
        return lines

    def _clause(self, header, body, level):
        return ["    " * level + self._debugged(header.strip() + ":")] + self.block(body, level + 1)

    def _simple(self, text):
        return self._debugged(text.strip())

    def _debugged(self, text):
        """The text as written; in debug mode `asyncio.run(…)` gets `debug=True`."""
        return add_debug(text) if self._debug and "asyncio.run" in text else text


def add_debug(text):
    """Behind the last argument of each call, whatever stands between that and the parenthesis."""
    calls = [node for node in ast.walk(parsed(text)) if isinstance(node, ast.Call)
             and ast.unparse(node.func) == "asyncio.run" and all(k.arg != "debug" for k in node.keywords)]
    for call in sorted(calls, key=lambda node: -node.end_col_offset):
        before = text.encode()[:call.end_col_offset - 1].decode()
        kept = before.rstrip()
        separator = "" if kept.endswith("(") else " " if kept.endswith(",") else ", "
        text = kept + separator + "debug=True" + text[len(kept):]
    return text


def parsed(text):
    """The tree of a statement or of a header, columns as in `text`."""
    for whole in (text, text + " pass"):
        try:
            return ast.parse(whole)
        except SyntaxError:
            pass
    return ast.parse("")  # an `elif`, a handler: no place for asyncio.run


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print("\n".join(listing(load(sys.argv[1]))))


if __name__ == "__main__":
    main()
