"""Makes random asyncio programs as scenarios: the same seed, the same program.

Worker i may start and await only workers with a greater number, so that every program ends; a future that somebody
awaits always has a timer that completes it. Delays are few, so that deadlines tie.
"""

import random

DELAYS = ["0", "0.1", "0.2", "0.3", "0.1 + 0.2", "0.5", "1", "-1", "0.05"]
OUTCOMES = ["ValueError('bad')", "KeyError('k')", "RuntimeError()", "asyncio.CancelledError()",
            "asyncio.CancelledError('why')"]


class ProgramMaker:
    def __init__(self, seed):
        self._random = random.Random(seed)
        self._seed = seed
        self._workers = self._random.randint(2, 6)
        self._names = 0
        self._by_hand = self._random.random() < 0.25

    def scenario(self):
        program = ["tasks = []", "timers = []", "futures = []", *self._callbacks()]
        program += [self._worker(i) for i in range(self._workers)]
        program += self._main_by_hand() if self._by_hand else self._main_by_run()
        return {"loopscope": 1, "title": f"Random program {self._seed}", "tags": ["generated"], "program": program}

    def _callbacks(self):
        again = self._pick(["call_soon", "call_later"])
        place = "callback, name, left - 1" if again == "call_soon" else f"{self._delay()}, callback, name, left - 1"
        return [
            {"def": "callback(name, left=0)", "do": [
                "loop = asyncio.get_running_loop()",
                "print(f'callback {name} at {loop.time()}, {left} left')",
                {"if": "left > 0", "do": [f"timers.append(loop.{again}({place}))"]}]},
            {"def": "settle(future, value)", "do": [
                {"if": "not future.done()", "do": [self._pick(["future.set_result(value)",
                                                               "future.set_exception(ValueError(value))"])]}]},
            {"def": "quiet(i)", "do": [{"if": "i % 10 == 1", "do": ["print('crowd', i)"]}]},
            {"def": "on_done(done)", "do": ["print(f'done: {done.cancelled()}')"]},
            {"def": "fail(name)", "do": ["print(f'{name} fails')", f"raise {self._pick(OUTCOMES[:3])}"]},
        ]

    def _worker(self, index):
        body = ["loop = asyncio.get_running_loop()", f"print(f'w{index} {{n}} begins at {{loop.time()}}')"]
        for _ in range(self._random.randint(1, 6)):
            body += self._statement(index, 0)
        body.append(f"print('w{index} ends', n)")
        if self._chance(0.8):
            body.append("return n * 2")
        return {"async def": f"w{index}(n)", "do": body}

    def _statement(self, index, depth):
        makers = [self._sleep, self._sleep, self._sleep, self._say, self._schedule, self._schedule, self._cancel_timer,
                  self._future, self._cancel_task, self._look]
        if index + 1 < self._workers:
            makers += [self._start, self._start, self._start, self._await_call, self._gather]
        if depth < 2:
            makers += [self._loop, self._branch, self._try]
        if self._chance(0.06):
            makers = [self._rare]
        elif self._chance(0.03):
            makers = [self._crowd]
        return self._pick(makers)(index, depth)

    def _sleep(self, index, depth):
        if self._chance(0.3):
            return [f"got = await asyncio.sleep({self._delay()}, 'slept')", "print(got)"]
        return [f"await asyncio.sleep({self._delay()})"]

    def _say(self, index, depth):
        return [self._pick([f"print('w{index}', n, loop.time())", f"print(f'{{n}} of w{index}', end=' ')",
                            "print(asyncio.current_task().get_name(), sep='')", "print(len(asyncio.all_tasks()))"])]

    def _schedule(self, index, depth):
        name = self._name()
        callback = f"fail, '{name}'" if self._chance(0.1) else f"callback, '{name}', {self._random.randint(0, 3)}"
        call = self._pick([f"call_soon({callback})", f"call_later({self._delay()}, {callback})",
                           f"call_at(loop.time() + {self._delay()}, {callback})"])
        return [f"timers.append(loop.{call})"]

    def _cancel_timer(self, index, depth):
        return [{"if": "timers", "do": [f"timers[n % len(timers)].cancel()"]}]

    def _cancel_task(self, index, depth):
        which = self._pick(["tasks[0]", "tasks[-1]", "tasks[n % len(tasks)]", "asyncio.current_task()"])
        call = f"{which}.cancel()" if self._chance(0.7) else f"{which}.cancel('stop it')"
        return [{"if": "tasks", "do": [f"print('cancel', {call})"]}]

    def _look(self, index, depth):
        return [{"for": "t in tasks", "do": ["print(t.get_name(), t.done(), t.cancelled(), t.cancelling(), end=';')"]},
                "print()"]

    def _future(self, index, depth):
        value = self._random.randint(1, 9)
        before = ["f = loop.create_future()", f"loop.call_later({self._delay()}, settle, f, {value})"]
        if self._chance(0.4):
            before.append("f.add_done_callback(on_done)")
        return before + self._guarded(["print('future gave', await_result)"], "await_result = await f")

    def _start(self, index, depth):
        task = self._name()
        named = f", name='{task}'" if self._chance(0.4) else ""
        lines = [f"{task} = {self._creator()}({self._call(index)}{named})", f"tasks.append({task})"]
        if self._chance(0.3):
            lines.append(f"{task}.add_done_callback(on_done)")
        if self._chance(0.15):
            lines.append(f"{task}.cancel()")
        if self._chance(0.15):
            lines.append(f"{task}.set_name('renamed {task}')")
        if self._chance(0.5):
            lines += self._sleep(index, depth)
        if self._chance(0.6):
            lines += self._guarded([f"print('{task} gave', r)"], f"r = await {task}")
        return lines

    def _creator(self):
        return self._pick(["asyncio.create_task", "asyncio.create_task", "loop.create_task"])

    def _await_call(self, index, depth):
        return self._guarded(["print('call gave', r)"], f"r = await {self._call(index)}")

    def _gather(self, index, depth):
        calls = ", ".join(self._call(index) for _ in range(self._random.randint(0, 3)))
        flag = self._pick(["", "return_exceptions=True", "return_exceptions=False"])
        arguments = ", ".join(part for part in (calls, flag) if part)
        return self._guarded(["print('gathered', r)"], f"r = await asyncio.gather({arguments})")

    def _guarded(self, then, awaiting):
        if self._chance(0.35):
            return [awaiting, *then]
        handler = self._pick(["Exception", "asyncio.CancelledError", "BaseException", "ValueError"])
        do = ["print(f'caught {e!r}')"]
        if self._chance(0.3):
            do.append("raise")
        return [{"try": [awaiting, *then], "except": [{"catch": f"{handler} as e", "do": do}]}]

    def _loop(self, index, depth):
        body = self._statement(index, depth + 1)
        if self._chance(0.5):
            return [{"for": f"i in range({self._random.randint(1, 3)})", "do": body}]
        count = self._name()
        return [f"{count} = {self._random.randint(1, 3)}",
                {"while": f"{count} > 0", "do": [f"{count} -= 1", *body]}]

    def _branch(self, index, depth):
        return [{"if": f"n % 2 == {self._random.randint(0, 1)}", "do": self._statement(index, depth + 1),
                 "else": self._statement(index, depth + 1)}]

    def _try(self, index, depth):
        statement = {"try": self._statement(index, depth + 1)}
        if self._chance(0.6):
            do = ["print('cancelled in', n)", *self._sleep(index, depth), *(["raise"] if self._chance(0.6) else [])]
            statement["except"] = [{"catch": "asyncio.CancelledError", "do": do}]
        if "except" not in statement or (self._chance(0.4) and not self._by_hand):
            last = ["pass"] if self._by_hand else ["print('finally', n)"]
            statement["finally"] = last + (self._sleep(index, depth) if not self._by_hand else [])
        return [statement]

    def _rare(self, index, depth):
        return [{"if": f"n == {self._random.randint(0, 5)}", "do": [self._pick(
            [f"raise {self._pick(OUTCOMES)}"] * 4 + ["loop.stop()", "raise SystemExit(3)", "raise KeyboardInterrupt",
                                                     "asyncio.current_task().uncancel()"])]}]

    def _crowd(self, index, depth):
        """Enough timers, and enough of them cancelled, for the bulk purge (S2)."""
        count, step = self._random.randint(95, 130), self._random.randint(1, 3)
        return ["crowd = []",
                {"for": f"i in range({count})", "do": ["crowd.append(loop.call_later(0.1 * (i % 7), quiet, i))"]},
                {"for": f"i in range(0, {count}, {step})", "do": ["crowd[i].cancel()"]},
                *self._sleep(index, depth)]

    def _main_by_run(self):
        body = ["loop = asyncio.get_running_loop()"]
        for _ in range(self._random.randint(1, 4)):
            body += self._start(-1, 0) if self._chance(0.7) else self._gather(-1, 0)
        body += [*self._sleep(0, 0), "print('main ends')", "return 'result'"]
        run = "print(asyncio.run(main()))"
        guarded = {"try": [run], "except": [{"catch": "Exception as e", "do": ["print(f'main failed with {e!r}')"]}]}
        return [{"async def": "main(n=0)", "do": body}, guarded if self._chance(0.5) else run]

    def _main_by_hand(self):
        lines = ["loop = asyncio.new_event_loop()"]
        for _ in range(self._random.randint(1, 4)):
            lines.append(self._pick([
                f"tasks.append(loop.create_task({self._call(-1)}))",
                f"timers.append(loop.call_soon(callback, '{self._name()}', 2))",
                f"timers.append(loop.call_later({self._delay()}, callback, '{self._name()}', 2))"]))
        lines.append(f"loop.call_later({self._delay()} + 1, loop.stop)")
        lines += ["loop.run_forever()", "print('stopped at', loop.time())"]
        if self._chance(0.5):
            lines.append({"try": [f"print(loop.run_until_complete({self._call(-1)}))"], "except": [
                {"catch": "BaseException as e", "do": ["print(f'failed with {e!r}')"]}]})
        return [*lines, "loop.close()", "print(loop.is_closed())"]

    def _call(self, index):
        return f"w{self._random.randint(index + 1, self._workers - 1)}({self._random.randint(0, 5)})"

    def _delay(self):
        return self._pick(DELAYS)

    def _name(self):
        self._names += 1
        return f"x{self._names}"

    def _pick(self, items):
        return self._random.choice(items)

    def _chance(self, probability):
        return self._random.random() < probability
