#!/usr/bin/python3
"""Reads statements, one a line, and prints CPython's tree of each in the form of ast_dump.h.

What CPython refuses prints as "error: ...". The statements stand in a loop of an async function.
"""

import ast
import sys
import warnings

BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
          ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>", ast.MatMult: "@"}
UNARY = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "inv", ast.Not: "not"}
COMPARE = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
           ast.NotIn: "not-in", ast.Is: "is", ast.IsNot: "is-not"}


def text(value):
    data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return "'" + "".join(chr(b) if 32 <= b < 127 and b not in b"'\\" else f"\\x{b:02x}" for b in data) + "'"


def every(nodes):
    return "".join(" " + dump(node) for node in nodes)


def params(a):
    out = ""
    plain = a.posonlyargs + a.args
    defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
    for arg, default in zip(plain, defaults):
        out += " " + arg.arg + ("" if default is None else "=" + dump(default))
    if a.kwonlyargs and not a.vararg:
        out += " *"
    if a.vararg:
        out += " *" + a.vararg.arg
    for arg, default in zip(a.kwonlyargs, a.kw_defaults):
        out += " " + arg.arg + ("" if default is None else "=" + dump(default))
    if a.kwarg:
        out += " **" + a.kwarg.arg
    return f"(params{out})"


def constant(value):
    if isinstance(value, (str, bytes)):
        return ("b" if isinstance(value, bytes) else "") + text(value)
    if isinstance(value, float):
        return "%.17gf" % value
    return str(value)


def deleted(targets):
    for target in targets:
        if isinstance(target, (ast.Tuple, ast.List)):
            yield from deleted(target.elts)
        else:
            yield target


def joined(node):
    out, literal = "", ""
    for value in node.values:
        if isinstance(value, ast.Constant):
            literal += value.value
            continue
        if literal:
            out += " " + text(literal)
        literal = ""
        out += " {" + dump(value.value)
        if value.conversion != -1:
            out += " !" + chr(value.conversion)
        if value.format_spec is not None:
            out += " :" + joined(value.format_spec)
        out += "}"
    return f"(f{out}{' ' + text(literal) if literal else ''})"


def dump(node):
    match node:
        case None: return "_"
        case ast.Constant(): return constant(node.value)
        case ast.Name(): return node.id
        case ast.JoinedStr(): return joined(node)
        case ast.Starred(): return f"(star {dump(node.value)})"
        case ast.List(): return f"(list{every(node.elts)})"
        case ast.Tuple(): return f"(tuple{every(node.elts)})"
        case ast.Set(): return f"(set{every(node.elts)})"
        case ast.Dict():
            return "(dict" + "".join(f" {'**' if k is None else dump(k)}:{dump(v)}"
                                     for k, v in zip(node.keys, node.values)) + ")"
        case ast.ListComp():
            return f"(comp {dump(node.elt)}" + "".join(
                f" ({'async ' if g.is_async else ''}for {dump(g.target)} {dump(g.iter)}{every(g.ifs)})"
                for g in node.generators) + ")"
        case ast.BinOp(): return f"({BINARY[type(node.op)]} {dump(node.left)} {dump(node.right)})"
        case ast.UnaryOp(): return f"({UNARY[type(node.op)]} {dump(node.operand)})"
        case ast.Compare():
            return f"(cmp {dump(node.left)}" + "".join(
                f" {COMPARE[type(op)]} {dump(c)}" for op, c in zip(node.ops, node.comparators)) + ")"
        case ast.BoolOp(): return f"({'and' if isinstance(node.op, ast.And) else 'or'}{every(node.values)})"
        case ast.IfExp(): return f"(if {dump(node.test)} {dump(node.body)} {dump(node.orelse)})"
        case ast.Slice(): return f"(slice {dump(node.lower)} {dump(node.upper)} {dump(node.step)})"
        case ast.Subscript(): return f"(item {dump(node.value)} {dump(node.slice)})"
        case ast.Attribute(): return f"(. {dump(node.value)} {node.attr})"
        case ast.Call():
            return f"(call {dump(node.func)}{every(node.args)}" + "".join(
                f" {k.arg + '=' if k.arg else '**'}{dump(k.value)}" for k in node.keywords) + ")"
        case ast.Lambda(): return f"(lambda {params(node.args)} {dump(node.body)})"
        case ast.Yield(): return f"(yield {dump(node.value)})"
        case ast.YieldFrom(): return f"(yield_from {dump(node.value)})"
        case ast.Await(): return f"(await {dump(node.value)})"
        case ast.Expr(): return dump(node.value)
        case ast.Assign(targets=[target]): return f"(= {dump(target)} {dump(node.value)})"
        case ast.AugAssign(): return f"({BINARY[type(node.op)]}= {dump(node.target)} {dump(node.value)})"
        case ast.Return(): return f"(return {dump(node.value)})"
        case ast.Raise(): return f"(raise {dump(node.exc)} {dump(node.cause)})"
        case ast.Pass(): return "(pass)"
        case ast.Break(): return "(break)"
        case ast.Continue(): return "(continue)"
        case ast.Global(): return "(global " + " ".join(node.names) + ")"
        case ast.Nonlocal(): return "(nonlocal " + " ".join(node.names) + ")"
        case ast.Assert(): return f"(assert {dump(node.test)} {dump(node.msg)})"
        case ast.Delete(): return f"(del{every(deleted(node.targets))})"
    return f"({type(node).__name__})"


def dump_line(line):
    program = "async def f():\n while 1:\n  pass\n  " + line.strip()
    try:
        compile(program, "", "exec")
        loop = ast.parse(program).body[0].body[0]
        statements = loop.body[1:]
        if loop.orelse or len(ast.parse(program).body) > 1 or len(statements) > 1:
            return "(several)"
        return dump(statements[0]) if statements else "(comment)"
    except (SyntaxError, ValueError, OverflowError) as error:
        return f"error: {error}"
    except (RecursionError, MemoryError):
        return "error: too deep"


def main():
    warnings.simplefilter("ignore")
    for line in sys.stdin.buffer.read().decode("utf-8").split("\n")[:-1]:
        print(dump_line(line))


if __name__ == "__main__":
    main()
