"""A signal's number comes through the self-pipe: its handle runs one iteration later.
{"world": [{"at": 1, "signal": "SIGINT"}, {"at": 2, "signal": "SIGTERM"}, {"at": 3, "signal": "SIGTERM"}]}
"""
import asyncio, signal

def on_signal(name):
    print(name, asyncio.get_running_loop().time())

async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    loop.add_signal_handler(signal.SIGINT, on_signal, 'INT')
    loop.add_signal_handler(signal.SIGTERM, done.set_result, 'TERM')
    await done
    print('done', loop.time())
    loop.add_signal_handler(signal.SIGTERM, on_signal, 'TERM')
    await asyncio.sleep(2)
    signal.raise_signal(signal.SIGINT)
    print('raised')
    await asyncio.sleep(0)
    print('next')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(loop.remove_signal_handler(signal.SIGINT), loop.remove_signal_handler(signal.SIGINT))
    for bad in ['a', 99]:
        try:
            loop.add_signal_handler(bad, print)
        except (TypeError, ValueError) as error:
            print(error)
    try:
        loop.add_signal_handler(signal.SIGINT, main)
    except TypeError as error:
        print(error)

asyncio.run(main())
