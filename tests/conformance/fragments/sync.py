"""asyncio's synchronization primitives and queues, shared by all workers of a program."""

from fragments import Feature
from fragments.tasks import if_flat, say, schedule, sleep


def leaf(m, index):
    """What may stand where a lock is held: nothing that could want the same lock."""
    return [statement for _ in range(m.number(0, 2)) for statement in m.pick([sleep, sleep, say, schedule])(m, index, 2)]


def lock(m, index, depth):
    if m.chance(0.6):
        return [{"async with": "lock", "do": [f"print('w{index} has the lock')", *leaf(m, index)]}]
    return [*m.guarded(["print('acquired', r)"], f"r = await asyncio.wait_for(lock.acquire(), {m.timeout()})"
                       if "wait_for" in m.features else "r = await lock.acquire()"),
            *leaf(m, index), "print(lock.locked())",
            {"if": "lock.locked()", "do": ["lock.release()"]}]


def semaphore(m, index, depth):
    which = m.pick(["semaphore", "bounded"])
    if m.chance(0.7):
        return [{"async with": which, "do": [f"print('w{index} in {which}', {which}.locked())", *leaf(m, index)]}]
    return [{"try": [f"{which}.release()"], "except": [{"catch": "ValueError as e", "do": ["print(e)"]}]}]


def event(m, index, depth):
    setter = m.pick(["event.set()", f"loop.call_soon(event.set)", f"loop.call_later({m.delay()}, event.set)"])
    if m.chance(0.5):
        return [setter, *m.guarded(["print('event', event.is_set())"], "await event.wait()"),
                *(["event.clear()"] if m.chance(0.6) else [])]
    return [setter]


def condition(m, index, depth):
    body = m.pick([["condition.notify()"], ["condition.notify(2)"], ["condition.notify_all()"],
                   ["items.append(n)", "condition.notify_all()"],
                   [f"loop.call_later({m.delay()}, poke, condition)", "got = await condition.wait()",
                    "print('notified', got)"],
                   ["items.append(n)", "await condition.wait_for(lambda: len(items) > 0)", "print(items.pop())"]])
    return m.guarded([], {"async with": "condition", "do": [*body, *leaf(m, index)]})


def barrier(m, index, depth):
    return m.guarded(["print('passed', r)"], f"r = await asyncio.wait_for(barrier.wait(), {m.delay()})") + [
        "print(barrier.n_waiting, barrier.broken)"]


def queue(m, index, depth):
    name = m.pick(["line_up", "line_up", "stack", "heap"])
    item = f"{m.number(0, 9)}"
    return m.pick([
        [f"{name}.put_nowait({item})"],
        m.guarded([f"print('put', {name}.qsize())"], f"await asyncio.wait_for({name}.put({item}), {m.delay()})"),
        m.guarded(["print('got', r)"], f"r = await asyncio.wait_for({name}.get(), {m.delay()})"),
        [{"try": [f"print({name}.get_nowait())", f"{name}.task_done()"],
          "except": [{"catch": "Exception as e", "do": ["print(f'{e!r}')"]}]}],
        [f"print({name}.qsize(), {name}.empty(), {name}.full())"],
        [f"loop.call_later({m.delay()}, offer, {name}, {item})",
         *m.guarded(["print('offered', r)"], f"r = await {name}.get()")],
        [{"try": [f"{name}.task_done()"], "except": [{"catch": "ValueError as e", "do": ["print(e)"]}]}],
        m.guarded(["print('joined')"], f"await asyncio.wait_for({name}.join(), {m.delay()})"),
    ])


OFFER = {"def": "offer(queue, item)", "do": [{"try": ["queue.put_nowait(item)"], "except": [
    {"catch": "asyncio.QueueFull", "do": ["print('full')"]}]}]}
POKE = [{"async def": "poke_soon(condition)", "do": [{"async with": "condition", "do": ["condition.notify_all()"]}]},
        {"def": "poke(condition)", "do": ["tasks.append(asyncio.ensure_future(poke_soon(condition)))"]}]

FEATURES = {
    "Lock": Feature([(2, if_flat(lock))], lambda m: ["lock = asyncio.Lock()"]),
    "Semaphore": Feature([(2, if_flat(semaphore))], lambda m: [
        f"semaphore = asyncio.Semaphore({m.number(1, 2)})", "bounded = asyncio.BoundedSemaphore(2)"]),
    "Event": Feature([(2, event)], lambda m: ["event = asyncio.Event()"]),
    "Condition": Feature([(2, if_flat(condition))],
                         lambda m: ["condition = asyncio.Condition()", "items = []", *POKE]),
    "Barrier": Feature([(1, barrier)], lambda m: [f"barrier = asyncio.Barrier({m.number(1, 3)})"]),
    "Queue": Feature([(4, queue)], lambda m: [
        f"line_up = asyncio.Queue({m.pick(['', '1', '2'])})", "stack = asyncio.LifoQueue()",
        f"heap = asyncio.PriorityQueue({m.pick(['', '2'])})", OFFER]),
}
