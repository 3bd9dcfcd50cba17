"""Signal handlers are gone when the interpreter gives up what the program has left; they kept nothing alive.
{"world": [{"at": 0.5, "signal": "SIGTERM"}]}"""
kept = []

def handler(number, frame):
    print('handler', number, len(kept))

async def bad():
    raise ValueError('never asked for')

signal.signal(signal.SIGTERM, handler)
loop = asyncio.new_event_loop()
kept.append(loop.create_task(bad()))
loop.call_later(1, loop.stop)
loop.run_forever()
loop.close()
