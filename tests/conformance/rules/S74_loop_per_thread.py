"""Each thread runs a loop of its own; a thread that has set none has none."""
async def tick(name, n, d):
    for i in range(n):
        print(name, i, time.monotonic(), asyncio.get_running_loop() is asyncio.get_event_loop())
        await asyncio.sleep(d)
    return name


def worker(name, d):
    print(asyncio.run(tick(name, 3, d)))
    try:
        asyncio.get_event_loop()
    except RuntimeError as e:
        print(repr(e))


ts = [threading.Thread(target=worker, args=(n, d)) for n, d in [('a', 0.5), ('b', 0.5), ('c', 0.3)]]
for t in ts:
    t.start()
asyncio.run(tick('main', 4, 0.5))
for t in ts:
    t.join()
