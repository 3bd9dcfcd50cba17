"""Sets that iterate in order of insertion.

CPython's sets iterate by hash, for tasks by address, so that two runs of one program may differ. Loopscope iterates
its sets in order of insertion; under the harness CPython does the same, wherever the order of a set can be seen:
in asyncio's own sets of tasks and in those of the program.
"""

import ast
import asyncio
import asyncio.taskgroups
import inspect
import textwrap
import weakref


class InsertionSet(set):
    def __init__(self, items=()):
        super().__init__()
        self._order = {}
        for item in items:
            self.add(item)

    def __iter__(self):
        return iter(list(self._order))

    def __repr__(self):
        return "{" + ", ".join(map(repr, self)) + "}" if self else "set()"

    def add(self, item):
        super().add(item)
        self._order.setdefault(item)

    def discard(self, item):
        super().discard(item)
        self._order.pop(item, None)

    def remove(self, item):
        super().remove(item)
        del self._order[item]

    def pop(self):
        if not self:
            return super().pop()
        first = next(iter(self._order))
        self.remove(first)
        return first

    def clear(self):
        super().clear()
        self._order.clear()

    def update(self, *others):
        for other in others:
            for item in other:
                self.add(item)

    def copy(self):
        return InsertionSet(self)

    def __or__(self, other):
        return _keep(super().__or__(other), [*self, *_items(other)])

    def __and__(self, other):
        return _keep(super().__and__(other), self)

    def __sub__(self, other):
        return _keep(super().__sub__(other), self)

    def __xor__(self, other):
        return _keep(super().__xor__(other), [*self, *_items(other)])


def _items(other):
    return other if isinstance(other, (set, frozenset)) else ()


def _keep(result, order):
    return result if result is NotImplemented else InsertionSet(item for item in order if item in result)


class InsertionWeakSet(weakref.WeakSet):
    """For a loop's async generators, which it closes in the order of their first iteration."""

    def __init__(self):
        super().__init__()
        self.data = InsertionSet()


InsertionSet.__name__ = InsertionSet.__qualname__ = "set"
InsertionSet.__module__ = "builtins"


class SetDisplays(ast.NodeTransformer):
    """Turns `{a, b}` into a call that keeps the order."""

    NAME = "__loopscope_set__"

    def visit_Set(self, node):
        self.generic_visit(node)
        elements = ast.List(elts=node.elts, ctx=ast.Load())
        call = ast.Call(func=ast.Name(id=self.NAME, ctx=ast.Load()), args=[elements], keywords=[])
        return ast.copy_location(call, node)


class SetComprehensions(ast.NodeTransformer):
    """Turns `{f(x) for x in xs}` into a call of `set`, which the module shadows."""

    def visit_SetComp(self, node):
        self.generic_visit(node)
        items = ast.ListComp(elt=node.elt, generators=node.generators)
        call = ast.Call(func=ast.Name(id="set", ctx=ast.Load()), args=[items], keywords=[])
        return ast.copy_location(call, node)


def in_order(function, module):
    """`function`, compiled again with its set comprehensions in order of insertion."""
    lines, first = inspect.getsourcelines(function)
    tree = SetComprehensions().visit(ast.parse(textwrap.dedent("".join(lines))))
    ast.increment_lineno(tree, first - 1)  # tracebacks and reprs show its lines
    scope = {}
    exec(compile(ast.fix_missing_locations(tree), module.__file__, "exec"), module.__dict__, scope)
    return scope[function.__name__]


def install(birth_number):
    """`birth_number(task)` gives the order of creation. Shadows `set` in the modules that keep tasks in sets."""
    from asyncio import runners, tasks, taskgroups

    original = tasks.all_tasks

    def all_tasks(loop=None):
        return InsertionSet(sorted(original(loop), key=birth_number))

    tasks.set = taskgroups.set = InsertionSet
    tasks.all_tasks = asyncio.all_tasks = all_tasks
    tasks.as_completed = asyncio.as_completed = in_order(tasks.as_completed, tasks)
    assert runners.tasks is tasks
