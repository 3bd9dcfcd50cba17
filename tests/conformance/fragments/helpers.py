"""asyncio's helpers: wait, wait_for, shield, timeout, as_completed, TaskGroup."""

from fragments import Feature
from fragments.tasks import OUTCOMES, if_calls, if_flat, sleep


def several(m, index):
    return [m.call(index) for _ in range(m.number(1, 3))]


def wait_for(m, index, depth):
    awaited = m.call(index) if m.chance(0.7) else f"asyncio.sleep({m.delay()}, 'in time')"
    return m.guarded(["print('in time', r)"], f"r = await asyncio.wait_for({awaited}, {m.timeout()})")


def wait_for_future(m, index, depth):
    value = m.number(1, 9)
    return ["f = loop.create_future()", f"loop.call_later({m.delay()}, settle, f, {value})",
            *m.guarded(["print('got', r)"], f"r = await asyncio.wait_for(f, {m.timeout()})"),
            "print(f.done(), f.cancelled())"]


def wait(m, index, depth):
    group = m.name()
    options = m.pick(["", f", timeout={m.delay()}"]) + m.pick(
        ["", ", return_when='FIRST_COMPLETED'", ", return_when='FIRST_EXCEPTION'"])
    lines = [f"{group} = []"]
    lines += [f"{group}.append(asyncio.create_task({call}))" for call in several(m, index)]
    lines += m.guarded([f"print([t.get_name() for t in done], [t.get_name() for t in pending])"],
                       f"done, pending = await asyncio.wait({group}{options})")
    if m.chance(0.6):
        lines.append({"for": f"t in {group}", "do": ["print(t.cancel())"]})
    if m.chance(0.5):
        lines += m.guarded(["print(len(done))"], f"done, pending = await asyncio.wait({group})")
    return lines


def shield(m, index, depth):
    awaited = m.call(index)
    if m.chance(0.5):
        return m.guarded(["print('shielded', r)"], f"r = await asyncio.shield({awaited})")
    task = m.name()
    return [f"{task} = asyncio.create_task({awaited})",
            f"timers.append(loop.call_later({m.delay()}, asyncio.current_task().cancel))",
            {"try": [f"r = await asyncio.shield({task})", "print('shielded', r)"],
             "except": [{"catch": "asyncio.CancelledError", "do": [
                 f"print('not {task}:', {task}.cancelled(), asyncio.current_task().cancelling())",
                 *m.guarded(["print('later', r)"], f"r = await {task}")]}]}]


def timeout(m, index, depth):
    scope = m.name()
    call = m.pick([f"asyncio.timeout({m.timeout()})", f"asyncio.timeout_at(loop.time() + {m.delay()})"])
    body = m.statement(index, depth + 1)
    if m.chance(0.3):
        body = [*body, f"{scope}.reschedule(loop.time() + {m.delay()})", *sleep(m, index, depth)]
    return [{"try": [{"async with": f"{call} as {scope}", "do": body}, f"print({scope}.expired(), {scope}.when())"],
             "except": [{"catch": m.pick(["TimeoutError", "Exception", "BaseException"]) + " as e",
                         "do": ["print(f'timed out {e!r}', asyncio.current_task().cancelling())"]}]}]


def task_group(m, index, depth):
    group = m.name()
    body = []
    for call in several(m, index):
        body.append(f"{group}.create_task({call})" if m.chance(0.6)
                    else f"tasks.append({group}.create_task({call}, name='{m.name()}'))")
        if m.chance(0.3):
            body += sleep(m, index, depth)
    if m.chance(0.4):
        body += m.statement(index, depth + 1)
    if m.chance(0.2):
        body.append(f"raise {m.pick(OUTCOMES)}")
    statement = {"async with": f"asyncio.TaskGroup() as {group}", "do": body}
    if m.chance(0.3):
        return [statement]
    do = ["print(f'group failed with {e!r}', asyncio.current_task().cancelling())"]
    if m.chance(0.2):
        do.append("raise")
    return [{"try": [statement, "print('group over')"],
             "except": [{"catch": m.pick(["BaseExceptionGroup", "Exception", "BaseException"]) + " as e", "do": do}]}]


def as_completed(m, index, depth):
    options = f", timeout={m.delay()}" if m.chance(0.4) else ""
    item = m.name()
    calls = ", ".join(several(m, index))
    return [{"for": f"{item} in asyncio.as_completed([{calls}]{options})",
             "do": m.guarded(["print('completed', r)"], f"r = await {item}")}]


def ensure_future(m, index, depth):
    return [f"f = asyncio.ensure_future({m.call(index)})", "print(asyncio.ensure_future(f) is f)",
            *m.guarded(["print('ensured', r)"], "r = await f")]


FEATURES = {
    "wait_for": Feature([(2, if_calls(wait_for)), (1, wait_for_future)]),
    "wait": Feature([(2, if_calls(wait))]),
    "shield": Feature([(2, if_calls(shield))]),
    "timeout": Feature([(3, if_flat(timeout))]),
    "TaskGroup": Feature([(3, if_flat(if_calls(task_group)))]),
    "as_completed": Feature([(2, if_calls(as_completed))]),
    "ensure_future": Feature([(1, if_calls(ensure_future))]),
}
