#!/usr/bin/python3
"""Turns a Python program into a scenario: the other way round than listing.py.

  from_python.py PROGRAM.py       prints the scenario

Comments, blank lines and imports are dropped; the first line of the docstring becomes the title, and the rest, if there
is one, is JSON: other keys of the scenario, as {"world": [...]}.
"""

import ast
import json
import pathlib
import sys

COMPOUND = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.While, ast.For, ast.AsyncFor, ast.Try,
            ast.With, ast.AsyncWith)


class Converter:
    def __init__(self, source):
        self._source = source
        self._tree = ast.parse(source)
        self._settings = {}

    def scenario(self, title):
        body = list(self._tree.body)
        docstring = ast.get_docstring(self._tree)
        if docstring:
            title, _, rest = docstring.partition("\n")
            self._settings = json.loads(rest) if rest.strip() else {}
            body.pop(0)
        return {"loopscope": 1, "title": title, **self._settings, "program": self._block(body)}

    def _block(self, statements):
        return [self._statement(node) for node in statements if not isinstance(node, (ast.Import, ast.ImportFrom))]

    def _statement(self, node):
        if not isinstance(node, COMPOUND):
            return self._text(node)
        if isinstance(node, ast.If):
            return self._if(node)
        if isinstance(node, ast.Try):
            return self._try(node)
        if isinstance(node, ast.While):
            return {"while": self._text(node.test), "do": self._block(node.body)}
        if isinstance(node, ast.For):
            return {"for": f"{self._text(node.target)} in {self._text(node.iter)}", "do": self._block(node.body)}
        if isinstance(node, ast.AsyncFor):
            return {"async for": f"{self._text(node.target)} in {self._text(node.iter)}", "do": self._block(node.body)}
        if isinstance(node, (ast.With, ast.AsyncWith)):
            keyword = "with" if isinstance(node, ast.With) else "async with"
            return {keyword: ", ".join(map(ast.unparse, node.items)), "do": self._block(node.body)}
        if isinstance(node, ast.ClassDef):
            bases = f"({', '.join(map(self._text, node.bases))})" if node.bases else ""
            return {"class": node.name + bases, "do": self._block(node.body)}
        keyword = "def" if isinstance(node, ast.FunctionDef) else "async def"
        return {keyword: f"{node.name}({ast.unparse(node.args)})", "do": self._block(node.body)}

    def _if(self, node):
        result = {"if": self._text(node.test), "do": self._block(node.body)}
        if node.orelse:
            result["else"] = self._block(node.orelse)
        return result

    def _try(self, node):
        result = {"try": self._block(node.body)}
        if node.handlers:
            result["except"] = [self._handler(handler) for handler in node.handlers]
        if node.orelse:
            result["else"] = self._block(node.orelse)
        if node.finalbody:
            result["finally"] = self._block(node.finalbody)
        return result

    def _handler(self, handler):
        result = {}
        if handler.type is not None:
            result["catch"] = self._text(handler.type) + (f" as {handler.name}" if handler.name else "")
        return {**result, "do": self._block(handler.body)}

    def _text(self, node):
        return ast.get_source_segment(self._source, node)


def scenario_of(path):
    return Converter(path.read_text(encoding="utf-8")).scenario(path.stem)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(json.dumps(scenario_of(pathlib.Path(sys.argv[1])), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
