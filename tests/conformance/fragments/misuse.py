"""What asyncio refuses or complains of: coroutines never awaited, loops inside loops, other and closed loops, states
that do not fit; debug mode; exception groups. only programs of seeds from FIRST_SEED on have these."""

from fragments import Feature
from fragments.tasks import if_calls, if_flat, sleep

FIRST_SEED = 10001


def refused(lines, error="Exception"):
    return {"try": lines, "except": [{"catch": f"{error} as e", "do": ["print(f'refused: {e!r}')"]}]}


# --- coroutines that nobody awaits, or too many do

def never_awaited(m, index, depth):
    name = m.name()
    return m.pick([
        [m.call(index)],
        [f"{name} = {m.call(index)}", *sleep(m, index, depth), f"{name} = None"],
        [f"{name} = [{m.call(index)}, {m.call(index)}]", f"{name}.pop()", *sleep(m, index, depth)],
        [f"{name} = {m.call(index)}", f"{name}.close()", refused([f"await {name}"])],
        ["asyncio.sleep(1)"],
        [f"asyncio.wait_for({m.call(index)}, 1)"],
        [refused([f"asyncio.create_task({m.call(index)}, nam='x')"])],
        [refused([f"await asyncio.wait({m.call(index)})"])],
        [refused([f"await asyncio.wait([{m.call(index)}])"])],
        [refused([f"await asyncio.gather({m.call(index)}, 3)"])],
        [refused([f"loop.call_soon({m.call(index)})", *sleep(m, index, depth)])],
    ])


def shared(m, index, depth):
    """One coroutine, awaited twice or given to two tasks."""
    name = m.name()
    made = f"{name} = {m.call(index)}"
    two = f"{name}s = [asyncio.create_task({name}), asyncio.create_task({name})]"
    return m.pick([
        [made, f"r = await {name}", refused([f"await {name}"])],
        [made, two, f"r = await asyncio.gather(*{name}s, return_exceptions=True)", "print('shared', r)"],
        [made, f"r = await asyncio.gather({name}, {name}, return_exceptions=True)", "print('once', r)"],
    ])


# --- loops

def nested_run(m, index, depth):
    return [refused([m.pick([f"asyncio.run({m.call(index)})", f"loop.run_until_complete({m.call(index)})",
                             "loop.run_forever()", f"other_loop.run_until_complete({m.call(index)})",
                             "other_loop.run_forever()", "loop.close()"])])]


def other_loop(m, index, depth):
    name = m.name()
    return m.pick([
        [f"{name} = other_loop.create_future()", refused([f"await {name}"])],
        [f"{name} = other_loop.create_future()", refused([f"await asyncio.gather({name}, asyncio.sleep(0))"])],
        [f"{name} = other_loop.create_future()", refused([f"await asyncio.wait_for({name}, {m.delay()})"])],
        [f"{name} = other_loop.create_future()", f"{name}.set_result(3)", refused([f"await {name}"])],
        [refused([f"other_loop.call_soon(callback, '{name}', 1)", "print(other_loop.is_running())"])],
        [f"{name} = other_loop.create_task({m.call(index)})", refused([f"await {name}"])],
    ])


def closed_loop(m, index, depth):
    call = m.pick(["call_soon(quiet, 1)", "call_later(1, quiet, 1)", "call_soon_threadsafe(quiet, 1)",
                   f"create_task({m.call(index)})", "run_forever()", f"run_until_complete({m.call(index)})",
                   "run_in_executor(None, quiet, 1)", "stop()", "close()"])
    return [refused([f"closed_loop.{call}"]), "print(closed_loop.is_closed())"]


# --- states that do not fit

def wrong_state(m, index, depth):
    name = m.name()
    task = f"{name} = asyncio.create_task({m.call(index)})"
    return m.pick([
        [task, refused([f"{name}.set_result(1)"])],
        [task, refused([f"{name}.result()"]), *sleep(m, index, depth), refused([f"print({name}.exception())"],
                                                                              "BaseException")],
        [refused(["await asyncio.current_task()"])],
        [f"{name} = loop.create_future()", f"{name}.{m.pick(['set_result(1)', 'cancel()', 'set_exception(OSError(2))'])}",
         refused([f"{name}.set_result(2)"]), refused([f"print({name}.result())"], "BaseException")],
        [f"{name} = loop.create_future()", f"{name}.set_exception({m.pick(['KeyError', 'OSError(3)'])})",
         *sleep(m, index, depth), *m.pick([[], [f"{name} = None"]])],
        [refused(["asyncio.Lock().release()"]), refused(["asyncio.Queue().task_done()"])],
        [refused(["asyncio.BoundedSemaphore(1).release()"]), refused(["asyncio.Condition().notify()"])],
        [refused([f"await {m.pick(['3', 'None', 'quiet', '[1]'])}"])],
        [f"{name} = asyncio.timeout({m.delay()})", refused([f"{name}.reschedule(1)"]),
         refused([{"async with": name, "do": sleep(m, index, depth)}]), refused([{"async with": name, "do": ["pass"]}])],
        [f"{name} = asyncio.TaskGroup()", refused([f"{name}.create_task({m.call(index)})"]),
         refused([{"async with": name, "do": [f"{name}.create_task({m.call(index)})"]}], "BaseException"),
         refused([f"{name}.create_task({m.call(index)})"])],
    ])


def dropped_task(m, index, depth):
    name = m.name()
    return m.pick([
        [f"asyncio.create_task({m.call(index)})", *sleep(m, index, depth)],
        [f"{name} = asyncio.create_task({m.call(index)})", *sleep(m, index, depth), f"{name} = None",
         *sleep(m, index, depth)],
        [f"{name} = asyncio.gather({m.call(index)}, {m.call(index)})", *sleep(m, index, depth), f"{name} = None"],
        [f"{name} = asyncio.shield({m.call(index)})", *sleep(m, index, depth), f"print({name}.cancel())",
         *sleep(m, index, depth)],
    ])


# --- cancellation

def gather_cancelled(m, index, depth):
    name = m.name()
    flag = m.pick(["", ", return_exceptions=True"])
    victim = m.pick([f"{name}s[0]", f"{name}s[-1]", name])
    return [f"{name}s = [asyncio.create_task({m.call(index)}), asyncio.create_task({m.call(index)})]",
            f"{name} = asyncio.gather(*{name}s{flag})", *sleep(m, index, depth),
            f"print({victim}.cancel({m.pick(['', repr('because')])}))",
            *m.guarded(["print('gathered', r)"], f"r = await {name}"), f"print({name}.done(), {name}.cancelled())"]


def cancelled_twice(m, index, depth):
    name = m.name()
    return [f"{name} = asyncio.create_task({m.call(index)})", *m.pick([[], sleep(m, index, depth)]), f"{name}.cancel('a')",
            *m.pick([[], ["await asyncio.sleep(0)"]]), f"{name}.cancel('b')", f"print({name}.cancelling())",
            *m.pick([[], [f"print({name}.uncancel())"]]),
            refused([f"r = await {name}", "print(r)"], "BaseException"),
            f"print({name}.cancelled(), {name}.cancelling())"]


def cancel_in_finally(m, index, depth):
    return [{"try": m.statement(index, depth + 1), "finally": [
        *m.pick([[], ["asyncio.current_task().cancel()"]]), *sleep(m, index, depth), "print('cleaned', n)"]}]


# --- exception groups

def groups(m, index, depth):
    raised = m.pick(["ExceptionGroup('g', [ValueError(1), KeyError(2)])",
                     "BaseExceptionGroup('b', [asyncio.CancelledError(), OSError(3)])",
                     "ExceptionGroup('outer', [ExceptionGroup('inner', [TypeError('t')]), ValueError(4)])"])
    name = m.name()
    body = [f"{name}.create_task({m.call(index)})", *m.pick([[], sleep(m, index, depth)]), f"raise {raised}"]
    return [{"try": [m.pick([{"async with": f"asyncio.TaskGroup() as {name}", "do": body}, f"raise {raised}"])],
             "except": [{"catch": m.pick(["BaseExceptionGroup", "Exception", "BaseException"]) + " as e",
                         "do": ["print(f'group {e!r}')", {"if": "isinstance(e, BaseExceptionGroup)", "do": [
                             "print(e.message, [type(x).__name__ for x in e.exceptions])"]}]}]}]


def debug(m, index, depth):
    return [m.pick(["loop.set_debug(True)", "loop.set_debug(False)", "print(loop.get_debug())", "work(0.15)"])]


LOOPS = ["other_loop = asyncio.new_event_loop()", "closed_loop = asyncio.new_event_loop()", "closed_loop.close()"]
FEATURES = {
    "never_awaited": Feature([(3, if_calls(never_awaited))]),
    "shared_coroutine": Feature([(2, if_calls(shared))]),
    "wrong_loops": Feature([(2, if_calls(nested_run)), (1, if_calls(other_loop)), (1, if_calls(closed_loop))],
                           lambda m: LOOPS),
    "wrong_state": Feature([(3, if_flat(if_calls(wrong_state)))]),
    "dropped": Feature([(3, if_calls(dropped_task))]),
    "cancelling": Feature([(2, if_calls(gather_cancelled)), (2, if_calls(cancelled_twice)),
                           (2, if_flat(cancel_in_finally))]),
    "groups": Feature([(3, if_flat(if_calls(groups)))]),
    "debug": Feature([(2, debug)]),
}
