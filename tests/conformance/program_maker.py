"""Makes random asyncio programs as scenarios: the same seed and features, the same program.

Worker i may start and await only workers with a greater number, so that every program ends; a future that somebody
awaits always has a timer that completes it. Delays are few, so that deadlines tie.
"""

import random

from fragments import helpers, language, misuse, network, sync, tasks, threads

DELAYS = ["0", "0.1", "0.2", "0.3", "0.1 + 0.2", "0.5", "1", "-1", "0.05"]
FEATURES = {name: feature for part in (tasks, helpers, sync, language, threads, network)
            for name, feature in part.FEATURES.items()}
NOT_YET = ()  # what the tool lacks
SUPPORTED = tuple(name for name in FEATURES if name not in NOT_YET)  # of these the programs of the test are made
FEATURES.update(misuse.FEATURES)


class ProgramMaker:
    def __init__(self, seed, features=None):
        self._random = random.Random(seed)
        self._seed = seed
        self._names = 0
        self.ports = []
        self.workers = self.number(2, 7)
        self.by_hand = self.chance(0.25)
        self.features = self._some_of(features or SUPPORTED)
        if features is None and seed >= misuse.FIRST_SEED:  # others keep their programs
            self.features += self._random.sample(list(misuse.FEATURES), self.number(1, 3))
        self._fragments = [(weight, fragment) for name in self.features
                           for weight, fragment in FEATURES[name].fragments]

    def _some_of(self, features):
        """Few features a program, or their fragments would seldom meet."""
        optional = [name for name in features if name != "tasks"]
        return ["tasks", *self._random.sample(optional, min(len(optional), self.number(1, 4)))]

    def scenario(self):
        heads = dict.fromkeys(FEATURES[name].head for name in self.features)
        program = [statement for head in heads for statement in head(self)]
        program += [self._worker(i) for i in range(self.workers)]
        program += self._main_by_hand() if self.by_hand else self._main_by_run()
        scenario = {"loopscope": 1, "title": f"Random program {self._seed}", "tags": ["generated", *self.features],
                    "program": program}
        world = [event for name in self.features for event in FEATURES[name].world(self)]
        return {**scenario, "world": sorted(world, key=lambda event: event["at"])} if world else scenario

    def _worker(self, index):
        body = ["loop = asyncio.get_running_loop()", f"print(f'w{index} {{n}} begins at {{loop.time()}}')"]
        for _ in range(self.number(1, 8)):
            body += self.statement(index, 0)
        body.append(f"print('w{index} ends', n)")
        if self.chance(0.8):
            body.append("return n * 2")
        return {"async def": f"w{index}(n)", "do": body}

    def statement(self, index, depth):
        """One fragment that fits here; it may be several statements."""
        weights, fragments = zip(*self._fragments)
        while True:
            lines = self._random.choices(fragments, weights)[0](self, index, depth)
            if lines:
                return lines

    def guarded(self, then, awaiting):
        """`awaiting` and `then`, with or without a handler of what it may raise."""
        if self.chance(0.35):
            return [awaiting, *then]
        handler = self.pick(["Exception", "asyncio.CancelledError", "BaseException", "ValueError", "TimeoutError"])
        do = ["print(f'caught {e!r}')"]
        if self.chance(0.3):
            do.append("raise")
        return [{"try": [awaiting, *then], "except": [{"catch": f"{handler} as e", "do": do}]}]

    def _main_by_run(self):
        body = ["loop = asyncio.get_running_loop()"]
        for _ in range(self.number(1, 4)):
            body += tasks.start(self, -1, 0) if self.chance(0.7) else self.statement(-1, 0)
        body += [*tasks.sleep(self, 0, 0), "print('main ends')", "return 'result'"]
        run = "print(asyncio.run(main()))"
        if "debug" in self.features and self.chance(0.7):
            run = "print(asyncio.run(main(), debug=True))"
        if "Runner" in self.features:
            runs = ["print(runner.run(main()))"] * self.number(1, 2)
            run = {"with": "asyncio.Runner() as runner", "do": [*runs, "print(runner.get_loop().is_running())"]}
        guarded = {"try": [run], "except": [{"catch": "Exception as e", "do": ["print(f'main failed with {e!r}')"]}]}
        return [{"async def": "main(n=0)", "do": body}, guarded if self.chance(0.5) else run]

    def _main_by_hand(self):
        lines = ["loop = asyncio.new_event_loop()"]
        for _ in range(self.number(1, 4)):
            lines.append(self.pick([
                f"tasks.append(loop.create_task({self.call(-1)}))",
                f"timers.append(loop.call_soon(callback, '{self.name()}', 2))",
                f"timers.append(loop.call_later({self.delay()}, callback, '{self.name()}', 2))"]))
        lines.append(f"loop.call_later({self.delay()} + 1, loop.stop)")
        lines += ["loop.run_forever()", "print('stopped at', loop.time())"]
        for _ in range(self.number(0, 2)):
            lines.append({"try": [f"print(loop.run_until_complete({self.call(-1)}))"], "except": [
                {"catch": "BaseException as e", "do": ["print(f'failed with {e!r}')"]}]})
        return [*lines, "loop.close()", "print(loop.is_closed())"]

    # --- what fragments choose from

    def has_callee(self, index):
        return index + 1 < self.workers

    def call(self, index):
        return f"w{self.number(index + 1, self.workers - 1)}({self.number(0, 5)})"

    def delay(self):
        return self.pick(DELAYS)

    def timeout(self):
        return self.pick([*DELAYS, "None"])

    def name(self):
        self._names += 1
        return f"x{self._names}"

    def port(self):
        """A new port; a worker that runs twice finds it taken."""
        self.ports.append(5001 + len(self.ports))
        return self.ports[-1]

    def any_port(self):
        return self.pick([*self.ports, 5000])

    def number(self, low, high):
        return self._random.randint(low, high)

    def pick(self, items):
        return self._random.choice(items)

    def chance(self, probability):
        return self._random.random() < probability
