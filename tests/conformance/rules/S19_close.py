"""close() refuses a running loop, may be called twice, and drops what was queued."""
loop = asyncio.new_event_loop()
def try_to_close():
    try:
        loop.close()
    except RuntimeError as e:
        print(e)

loop.call_soon(try_to_close)
loop.call_soon(loop.stop)
loop.run_forever()
handle = loop.call_soon(print, 'never')
timer = loop.call_later(1, print, 'never')
loop.close()
loop.close()
print(loop.is_closed(), handle.cancelled(), timer.cancelled())
