"""Threads, their locks and queues, executors, and calls into a loop from another thread.

Every thread that a program starts ends by itself: what it waits for has a timeout, or is sure to come.
"""

from fragments import Feature
from fragments.tasks import OUTCOMES, if_calls, sleep


def head(m):
    tick = ["time.sleep(delay)", "print(f'{name} ticks {i} at {time.monotonic()}')"]
    return [
        "threads = []",
        {"def": "thread(name, count, delay)", "do": [{"for": "i in range(count)", "do": tick}]},
        {"def": "job(n, delay)", "do": [
            "print(f'job {n} begins at {time.monotonic()}')", m.pick(["time.sleep(delay)", "work(delay)"]),
            {"if": f"n == {m.number(0, 5)}", "do": [f"raise {m.pick(OUTCOMES[:3])}"]},
            "return n * 10"]},
    ]


def nap(m):
    """A delay that a thread may sleep."""
    return m.pick(["0", "0.1", "0.2", "0.3", "0.1 + 0.2", "0.5", "1", "0.05"])


def start_thread(m, index, depth):
    name = m.name()
    lines = [f"{name} = threading.Thread(target=thread, args=('{name}', {m.number(0, 3)}, {nap(m)}))",
             f"{name}.start()"]
    if m.chance(0.3):
        lines += sleep(m, index, depth)
    if m.chance(0.5):
        lines += [f"{name}.join({m.pick(['', nap(m)])})", f"print({name}.is_alive(), loop.time())"]
    return lines


def executor_job(m, index, depth):
    job = f"job, {m.number(0, 5)}, {nap(m)}"
    call = m.pick([f"loop.run_in_executor(None, {job})", f"asyncio.to_thread({job})"])
    if m.chance(0.6):
        return m.guarded(["print('job gave', r)"], f"r = await {call}")
    f = m.name()
    lines = [f"{f} = asyncio.ensure_future({call})", *sleep(m, index, depth)]
    if m.chance(0.4):
        lines.append(f"print({f}.cancel())")
    return lines + m.guarded([f"print('{f} gave', r)"], f"r = await {f}")


def jobs(m, index, depth):
    calls = ", ".join(f"loop.run_in_executor(None, job, {m.number(0, 5)}, {nap(m)})" for _ in range(m.number(2, 4)))
    return m.guarded(["print('jobs gave', r)"], f"r = await asyncio.gather({calls}, return_exceptions=True)")


def pool(m, index, depth):
    """A pool of its own, blocking its thread or serving the loop."""
    workers = m.number(1, 3)
    futures = m.name()
    submit = [f"{futures}.append(pool.submit(job, i, {nap(m)}))"]
    body = [{"for": f"i in range({m.number(1, 5)})", "do": submit}]
    if m.chance(0.4):
        body.append(f"print([f.done() for f in {futures}], {futures}[-1].cancel())")
    if m.chance(0.5):
        body += m.guarded(["print('pool gave', r)"],
                          f"r = await loop.run_in_executor(pool, job, {m.number(0, 5)}, {nap(m)})")
    lines = [f"{futures} = []", {"with": f"concurrent.futures.ThreadPoolExecutor(max_workers={workers}) as pool",
                                 "do": body}]
    return [*lines, f"print([f.done() and not f.cancelled() and f.exception() is None for f in {futures}])"]


def processes(m, index, depth):
    """A process pool; a lambda cannot be sent to it."""
    job = m.pick(["job"] * 5 + ["lambda n, delay: n"])
    futures = m.name()
    body = [f"{futures} = [pool.submit({job}, i, {nap(m)}) for i in range({m.number(1, 4)})]"]
    if m.chance(0.5):
        body += m.guarded(["print('process gave', r)"],
                          f"r = await loop.run_in_executor(pool, job, {m.number(0, 5)}, {nap(m)})")
    read = [{"try": ["print('process', f.result(), time.monotonic())"],
             "except": [{"catch": "Exception as e", "do": ["print('process failed', type(e))"]}]}]
    return [{"with": f"concurrent.futures.ProcessPoolExecutor({m.pick(['', 'max_workers=1', 'max_workers=2'])}) as pool",
             "do": [*body, {"for": f"f in {futures}", "do": read}]}]


def from_thread(m, index, depth):
    """A thread that calls into the loop."""
    name = m.name()
    lines = [f"{name} = threading.Thread(target=knock, args=(loop, '{name}', {m.number(1, 3)}, {nap(m)}))",
             f"{name}.start()", *sleep(m, index, depth)]
    return lines


def knock_head(m):
    call = m.pick(["loop.call_soon_threadsafe(callback, name, 1)", "loop.call_soon_threadsafe(print, name, i)",
                   "loop.call_soon_threadsafe(callback, name)"])
    body = ["time.sleep(delay)", {"try": [call], "except": [{"catch": "RuntimeError as e",
                                                             "do": ["print(f'{name}: {e}')"]}]}]
    return [{"def": "knock(loop, name, count, delay)", "do": [{"for": "i in range(count)", "do": body}]}]


def submit_head(m):
    return [{"def": "ask(loop, coroutine, name, timeout)", "do": [
        "f = asyncio.run_coroutine_threadsafe(coroutine, loop)",
        {"try": ["print(f'{name} got {f.result(timeout)} at {time.monotonic()}')"],
         "except": [{"catch": "BaseException as e", "do": ["print(f'{name} failed: {e!r}', f.cancel())"]}]}]}]


def submit(m, index, depth):
    name = m.name()
    return [f"{name} = threading.Thread(target=ask, args=(loop, {m.call(index)}, '{name}', {m.pick([nap(m), '5'])}))",
            f"{name}.start()", *sleep(m, index, depth)]


def own_loop_head(m):
    body = ["print('begins', name, time.monotonic())", {"for": f"i in range({m.number(1, 3)})", "do": [
        f"await asyncio.sleep({m.delay()})", "print(name, i, asyncio.get_running_loop().time())"]}]
    return [{"async def": "elsewhere(name)", "do": [*body, "return name"]},
            {"def": "own_loop(name)", "do": [m.pick([
                "print(asyncio.run(elsewhere(name)))", "asyncio.run(elsewhere(name))"])]}]


def own_loop(m, index, depth):
    name = m.name()
    return [f"{name} = threading.Thread(target=own_loop, args=('{name}',))", f"{name}.start()",
            *sleep(m, index, depth), *([f"{name}.join()"] if m.chance(0.5) else [])]


def locks_head(m):
    held = ["print(f'{name} has it at {time.monotonic()}')", "time.sleep(delay)"]
    return ["mutex = threading.Lock()", "flag = threading.Event()",
            {"def": "hold(name, delay)", "do": [{"with": "mutex", "do": held}]},
            {"def": "await_flag(name, timeout)", "do": ["print(name, flag.wait(timeout), time.monotonic())"]}]


def hold(m, index, depth):
    name = m.name()
    target = m.pick([f"hold, args=('{name}', {nap(m)})", f"await_flag, args=('{name}', {nap(m)})"])
    lines = [f"{name} = threading.Thread(target={target})", f"{name}.start()"]
    if m.chance(0.4):
        lines += [{"with": "mutex", "do": ["print('main has it', time.monotonic())",
                                           *([f"time.sleep({nap(m)})"] if m.chance(0.5) else [])]}]
    return lines + m.pick([[], ["flag.set()"], [f"loop.call_later({m.delay()}, flag.set)"], ["flag.clear()"]])


def mailbox_head(m):
    put = ["time.sleep(delay)", {"try": ["mailbox.put((name, i), timeout=0.5)"],
                                 "except": [{"catch": "Exception as e", "do": ["print(f'{name}: {e!r}')"]}]}]
    get = {"try": ["print(name, mailbox.get(timeout=delay), time.monotonic())"],
           "except": [{"catch": "Exception as e", "do": ["print(f'{name}: {e!r} at {time.monotonic()}')"]}]}
    return [f"mailbox = queue.Queue({m.pick(['', '1', '2'])})",
            {"def": "fill(name, count, delay)", "do": [{"for": "i in range(count)", "do": put}]},
            {"def": "empty(name, count, delay)", "do": [{"for": "i in range(count)", "do": [get]}]}]


def mailbox(m, index, depth):
    name = m.name()
    lines = [f"{name} = threading.Thread(target={m.pick(['fill', 'empty'])}, "
             f"args=('{name}', {m.number(1, 3)}, {m.pick(['0.1', '0.2', '0.3', '0.5'])}))", f"{name}.start()"]
    if m.chance(0.4):
        lines.append("print(mailbox.qsize(), mailbox.empty(), mailbox.full())")
    return lines


FEATURES = {
    "threads": Feature([(3, start_thread)], head),
    "executor": Feature([(3, executor_job), (1, jobs)], head),
    "pool": Feature([(2, pool)], head),
    "processes": Feature([(2, processes)], head),
    "threadsafe": Feature([(3, from_thread)], knock_head),
    "run_coroutine_threadsafe": Feature([(3, if_calls(submit))], submit_head),
    "loop_per_thread": Feature([(3, own_loop)], own_loop_head),
    "thread_locks": Feature([(3, hold)], locks_head),
    "mailbox": Feature([(3, mailbox)], mailbox_head),
}
