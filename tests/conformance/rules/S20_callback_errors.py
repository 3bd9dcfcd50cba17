"""A callback's exception goes to the handler; KeyboardInterrupt and SystemExit leave the loop at once."""
def fail(kind):
    print('fail')
    raise kind

loop = asyncio.new_event_loop()
for kind in [ValueError('a'), KeyError('b'), SystemExit(4), KeyboardInterrupt()]:
    loop.call_soon(fail, kind)
    loop.call_soon(print, 'after', repr(kind))
loop.call_later(1, loop.stop)
for i in range(3):
    try:
        loop.run_forever()
    except BaseException as e:
        print('left with', repr(e))
loop.close()
