"""Handlers of signal.signal run at the next statement, or in a blocking call, which goes on then.
{"world": [{"at": 1, "signal": "SIGTERM"}, {"at": 2, "signal": "SIGINT"}]}
"""
import signal, time

def handler(number, frame):
    print('handler', number, number == signal.SIGTERM, time.time())

print(signal.signal(signal.SIGTERM, handler), signal.SIGTERM)
time.sleep(1.5)
print('slept', time.time())
before = signal.signal(signal.SIGTERM, signal.signal(signal.SIGTERM, handler))
print(before is handler)
signal.raise_signal(signal.SIGTERM)
print('raised')
try:
    time.sleep(10)
except KeyboardInterrupt as error:
    print(repr(error), time.time())
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print('interrupted')
for bad in [5, None]:
    try:
        signal.signal(signal.SIGINT, bad)
    except TypeError as error:
        print(error)
