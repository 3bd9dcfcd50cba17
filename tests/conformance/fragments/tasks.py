"""Tasks, timers, callbacks, futures, cancellation, gather, and Python's own control flow."""

from fragments import Feature

OUTCOMES = ["ValueError('bad')", "KeyError('k')", "RuntimeError()", "asyncio.CancelledError()",
            "asyncio.CancelledError('why')"]


def head(m):
    again = m.pick(["call_soon", "call_later"])
    place = "callback, name, left - 1" if again == "call_soon" else f"{m.delay()}, callback, name, left - 1"
    return [
        "tasks = []", "timers = []",
        {"def": "callback(name, left=0)", "do": [
            "loop = asyncio.get_running_loop()",
            "print(f'callback {name} at {loop.time()}, {left} left')",
            {"if": "left > 0", "do": [f"timers.append(loop.{again}({place}))"]}]},
        {"def": "settle(future, value)", "do": [
            {"if": "not future.done()", "do": [m.pick(["future.set_result(value)",
                                                       "future.set_exception(ValueError(value))"])]}]},
        {"def": "quiet(i)", "do": [{"if": "i % 10 == 1", "do": ["print('crowd', i)"]}]},
        {"def": "on_done(done)", "do": ["print(f'done: {done.cancelled()}')"]},
        {"def": "fail(name)", "do": ["print(f'{name} fails')", f"raise {m.pick(OUTCOMES[:3])}"]},
    ]


def sleep(m, index, depth):
    if m.chance(0.3):
        return [f"got = await asyncio.sleep({m.delay()}, 'slept')", "print(got)"]
    return [f"await asyncio.sleep({m.delay()})"]


def say(m, index, depth):
    return [m.pick([f"print('w{index}', n, loop.time())", f"print(f'{{n}} of w{index}', end=' ')",
                    "print(asyncio.current_task().get_name(), sep='')", "print(len(asyncio.all_tasks()))"])]


def schedule(m, index, depth):
    name = m.name()
    callback = f"fail, '{name}'" if m.chance(0.1) else f"callback, '{name}', {m.number(0, 3)}"
    call = m.pick([f"call_soon({callback})", f"call_later({m.delay()}, {callback})",
                   f"call_at(loop.time() + {m.delay()}, {callback})"])
    return [f"timers.append(loop.{call})"]


def cancel_timer(m, index, depth):
    return [{"if": "timers", "do": ["timers[n % len(timers)].cancel()"]}]


def cancel_task(m, index, depth):
    which = m.pick(["tasks[0]", "tasks[-1]", "tasks[n % len(tasks)]", "asyncio.current_task()"])
    call = f"{which}.cancel()" if m.chance(0.7) else f"{which}.cancel('stop it')"
    return [{"if": "tasks", "do": [f"print('cancel', {call})"]}]


def cancel_later(m, index, depth):
    """The task is cancelled by a timer, wherever it waits then."""
    handle = m.name()
    return [f"{handle} = loop.call_later({m.delay()}, asyncio.current_task().cancel)",
            {"try": m.statement(index, depth + 1), "finally": [f"{handle}.cancel()"]}]


def swallow(m, index, depth):
    return [{"try": sleep(m, index, depth), "except": [{"catch": "asyncio.CancelledError", "do": [
        "print('swallowed', asyncio.current_task().cancelling())", "print(asyncio.current_task().uncancel())",
        *m.statement(index, 2)]}]}]


def look(m, index, depth):
    return [{"for": "t in tasks", "do": ["print(t.get_name(), t.done(), t.cancelled(), t.cancelling(), end=';')"]},
            "print()"]


def future(m, index, depth):
    value = m.number(1, 9)
    before = ["f = loop.create_future()", f"loop.call_later({m.delay()}, settle, f, {value})"]
    if m.chance(0.4):
        before.append("f.add_done_callback(on_done)")
    if m.chance(0.2):
        before.append(f"loop.call_later({m.delay()}, f.cancel)")
    return before + m.guarded(["print('future gave', got)"], "got = await f")


def start(m, index, depth):
    task = m.name()
    named = f", name='{task}'" if m.chance(0.4) else ""
    creator = m.pick(["asyncio.create_task", "asyncio.create_task", "loop.create_task"])
    lines = [f"{task} = {creator}({m.call(index)}{named})", f"tasks.append({task})"]
    if m.chance(0.3):
        lines.append(f"{task}.add_done_callback(on_done)")
    if m.chance(0.15):
        lines.append(f"{task}.cancel()")
    if m.chance(0.15):
        lines.append(f"{task}.set_name('renamed {task}')")
    if m.chance(0.5):
        lines += sleep(m, index, depth)
    if m.chance(0.6):
        lines += m.guarded([f"print('{task} gave', r)"], f"r = await {task}")
    return lines


def await_call(m, index, depth):
    return m.guarded(["print('call gave', r)"], f"r = await {m.call(index)}")


def gather(m, index, depth):
    calls = ", ".join(m.call(index) for _ in range(m.number(0, 3)))
    flag = m.pick(["", "return_exceptions=True", "return_exceptions=False"])
    arguments = ", ".join(part for part in (calls, flag) if part)
    return m.guarded(["print('gathered', r)"], f"r = await asyncio.gather({arguments})")


def loop(m, index, depth):
    body = m.statement(index, depth + 1)
    if m.chance(0.5):
        return [{"for": f"i in range({m.number(1, 3)})", "do": body}]
    count = m.name()
    return [f"{count} = {m.number(1, 3)}", {"while": f"{count} > 0", "do": [f"{count} -= 1", *body]}]


def branch(m, index, depth):
    return [{"if": f"n % 2 == {m.number(0, 1)}", "do": m.statement(index, depth + 1),
             "else": m.statement(index, depth + 1)}]


def try_(m, index, depth):
    statement = {"try": m.statement(index, depth + 1)}
    if m.chance(0.6):
        do = ["print('cancelled in', n)", *sleep(m, index, depth), *(["raise"] if m.chance(0.6) else [])]
        statement["except"] = [{"catch": "asyncio.CancelledError", "do": do}]
    if "except" not in statement or (m.chance(0.4) and not m.by_hand):
        last = ["pass"] if m.by_hand else ["print('finally', n)"]
        statement["finally"] = last + (sleep(m, index, depth) if not m.by_hand else [])
    return [statement]


def rare(m, index, depth):
    return [{"if": f"n == {m.number(0, 5)}", "do": [m.pick(
        [f"raise {m.pick(OUTCOMES)}"] * 4 + ["loop.stop()", "raise SystemExit(3)", "raise KeyboardInterrupt",
                                             "asyncio.current_task().uncancel()"])]}]


def crowd(m, index, depth):
    """Enough timers, and enough of them cancelled, for the bulk purge (S2)."""
    count, step = m.number(95, 130), m.number(1, 3)
    return ["crowd = []",
            {"for": f"i in range({count})", "do": ["crowd.append(loop.call_later(0.1 * (i % 7), quiet, i))"]},
            {"for": f"i in range(0, {count}, {step})", "do": ["crowd[i].cancel()"]},
            *sleep(m, index, depth)]


def if_flat(fragment):
    """Only where another level of nesting is not too deep."""
    return lambda m, index, depth: fragment(m, index, depth) if depth < 2 else []


def if_calls(fragment):
    """Only where there is a worker that this one may call."""
    return lambda m, index, depth: fragment(m, index, depth) if m.has_callee(index) else []


def handler_head(m):
    after = m.pick([[], ["raise RuntimeError('handler fails')"], ["loop.default_exception_handler(context)"]])
    return [{"def": "on_error(loop, context)", "do": [
        "print('handler told', context['message'][:21], repr(context.get('exception')))",
        {"if": "'callback' in context['message']", "do": after}]}]


def exception_handler(m, index, depth):
    return m.pick([
        ["loop.set_exception_handler(on_error)"], ["loop.set_exception_handler(None)"],
        ["loop.set_exception_handler(on_error)", f"timers.append(loop.call_soon(fail, '{m.name()}'))"],
        [f"loop.call_exception_handler({{'message': 'told by w{index}', 'exception': ValueError('it')}})"]])


def runner(m, index, depth):
    """Only where no loop runs: the main module's last lines (see ProgramMaker)."""
    return []


FEATURES = {"tasks": Feature(head=head, fragments=[
    (6, sleep), (2, say), (4, schedule), (2, cancel_timer), (2, future), (2, cancel_task), (2, look), (1, rare),
    (0.4, crowd), (6, if_calls(start)), (2, if_calls(await_call)), (2, if_calls(gather)), (2, if_flat(loop)),
    (2, if_flat(branch)), (2, if_flat(try_)), (1, if_flat(cancel_later)), (1, if_flat(swallow))]),
    "exception_handler": Feature([(2, exception_handler)], handler_head),
    "Runner": Feature([(0, runner)])}
