"""Timers are ordered by their deadlines, and equal when they call the same at the same time."""
def order(loop):
    now = loop.time()
    timers = [loop.call_at(now + delay, print, delay) for delay in (0.3, 0.1, 0.2, 0.1)]
    soonest = sorted(timers)
    print([round(timer.when() - now, 3) for timer in soonest], soonest[0] is timers[1])
    a, b, c, d = timers
    print(b < c, b > c, b <= d, b >= d, b == d, b == c, a != b, b in [d], len({b, d}))
    d.cancel()
    print(b == d, b <= d, min(timers) is b)
    soon = loop.call_soon(print, 'soon')
    for compare in [lambda: soon < a, lambda: a < soon, lambda: a < 5]:
        try:
            compare()
        except TypeError as error:
            print(error)
    print(soon == a, a == 5)

loop = asyncio.new_event_loop()
order(loop)
loop.call_later(0.5, loop.stop)
loop.call_soon(None)
loop.call_later(0.25, None)
loop.run_forever()
loop.close()
