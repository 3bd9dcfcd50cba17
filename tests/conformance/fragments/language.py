"""Python's own machinery around asyncio: context managers, iterators, generators and async generators."""

from fragments import Feature
from fragments.tasks import if_flat, sleep


def manager_head(m):
    swallows = m.pick(["False", "isinstance(value, ValueError)", "None"])
    pause = [f"await asyncio.sleep({m.delay()})"]
    return [
        {"class": "Scope", "do": [
            {"def": "__init__(self, name)", "do": ["self.name = name"]},
            {"def": "__repr__(self)", "do": ["return f'<Scope {self.name}>'"]},
            {"def": "__enter__(self)", "do": ["print('enter', self)", "return self"]},
            {"def": "__exit__(self, error, value, trace)", "do": [
                "print('exit', self, error is None, repr(value))", f"return {swallows}"]},
            {"async def": "__aenter__(self)", "do": ["print('aenter', self)", *pause, "return self.name"]},
            {"async def": "__aexit__(self, error, value, trace)", "do": [
                "print('aexit', self, repr(value))", *pause, f"return {swallows}"]}]}]


def scope(m, index, depth):
    keyword = m.pick(["with", "async with", "async with"])
    return [{keyword: f"Scope('{m.name()}') as scope", "do": ["print(scope)", *m.statement(index, depth + 1)]}]


def generator_head(m):
    return [{"def": "counter(limit)", "do": [
        "got = None",
        {"try": [{"for": "i in range(limit)", "do": ["got = yield i", {"if": "got is not None", "do": [
            "print('sent', got)"]}]}, "return 'all'"], "finally": ["print('counter over')"]}]},
        {"def": "twice(limit)", "do": ["got = yield from counter(limit)", "print(got)", "yield from counter(limit)"]}]


def generator(m, index, depth):
    g = m.name()
    made = f"{g} = {m.pick(['counter', 'twice'])}({m.number(0, 3)})"
    return m.pick([
        [made, f"print(list({g}))"],
        [made, {"for": f"i in {g}", "do": ["print('item', i)", *sleep(m, index, depth),
                                           *(["break"] if m.chance(0.3) else [])]}],
        [made, {"try": [f"print(next({g}), {g}.send('x'))", f"{g}.{m.pick(['close()', 'throw(KeyError(1))'])}"],
                "except": [{"catch": "Exception as e", "do": ["print(f'{e!r}')"]}]}],
    ])


def async_generator_head(m):
    pause = f"await asyncio.sleep({m.delay()})"
    return [{"async def": "ticks(name, count)", "do": [
        {"try": [{"for": "i in range(count)", "do": [pause, "yield i"]}],
         "finally": [f"print(f'{{name}} over')", *([f"await asyncio.sleep({m.delay()})", "print('cleaned', name)"]
                                                   if m.chance(0.5) else [])]}]}]


def async_generator(m, index, depth):
    name = m.name()
    made = f"{name} = ticks('{name}', {m.number(0, 3)})"
    body = ["print('tick', i)", *(["break"] if m.chance(0.3) else []), *(sleep(m, index, depth) if m.chance(0.4) else [])]
    loop = {"async for": f"i in {name}", "do": body}
    lines = [made, *m.pick([[loop], [loop, f"await {name}.aclose()"], m.guarded([], loop)])]
    if m.chance(0.2):
        lines.append(f"print('and', [1 for _ in range(2)])")
    return lines


def iterator_head(m):
    return [{"class": "Countdown", "do": [
        {"def": "__init__(self, n)", "do": ["self.n = n"]},
        {"def": "__iter__(self)", "do": ["return self"]},
        {"def": "__next__(self)", "do": ["self.n -= 1", {"if": "self.n < 0", "do": ["raise StopIteration"]},
                                         "return self.n"]},
        {"def": "__aiter__(self)", "do": ["return self"]},
        {"async def": "__anext__(self)", "do": [f"await asyncio.sleep({m.delay()})", "self.n -= 1", {
            "if": "self.n < 0", "do": ["raise StopAsyncIteration"]}, "return self.n"]},
        {"def": "__eq__(self, other)", "do": ["return self.n == other.n"]}]}]


def iterator(m, index, depth):
    made = f"Countdown({m.number(0, 3)})"
    return m.pick([
        [f"print(list({made}), {made} == {made})"],
        [{"async for": f"i in {made}", "do": ["print('down', i)", *m.statement(index, 2)]}],
        [{"for": f"i in {made}", "do": m.statement(index, 2)}],
    ])


FEATURES = {
    "with": Feature([(3, if_flat(scope))], manager_head),
    "generators": Feature([(3, generator)], generator_head),
    "async_generators": Feature([(3, async_generator)], async_generator_head),
    "iterators": Feature([(3, if_flat(iterator))], iterator_head),
}
