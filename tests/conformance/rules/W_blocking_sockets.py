"""Blocking sockets wait; non-blocking ones raise.
{"world": [{"at": 1, "connect": 5555, "as": "a"}, {"at": 2, "from": "a", "send": "one"}, {"at": 3, "from": "a", "send": "two"}, {"at": 4, "from": "a", "close": true}]}
"""
import socket, time

with socket.socket() as listener:
    listener.bind(('127.0.0.1', 5555))
    listener.listen()
    connection, address = listener.accept()
    print('accepted', time.time(), connection.getsockname())
    with connection:
        while True:
            data = connection.recv(100)
            print(data, time.time())
            if not data:
                break
            connection.sendall(data * 2)
        connection.setblocking(False)
        try:
            listener.setblocking(False)
            listener.accept()
        except BlockingIOError as error:
            print(error)
print(listener)
client = socket.socket()
try:
    client.connect(('127.0.0.1', 5555))
except ConnectionRefusedError as error:
    print(error, error.errno)
try:
    client.connect(('8.8.8.8', 53))
except OSError as error:
    print(error)
try:
    client.send(b'x')
except BrokenPipeError as error:
    print(error)
try:
    client.recv(1)
except OSError as error:
    print(error)
try:
    client.getpeername()
except OSError as error:
    print(error)
fresh = socket.socket()
fresh.bind(('0.0.0.0', 6000))
print(fresh.getsockname())
second = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    second.bind(('127.0.0.1', 6000))
except OSError as error:
    print(error)
for address in ['x', ('127.0.0.1',), ('127.0.0.1', 70000), ('nowhere.invalid', 1)]:
    try:
        second.bind(address)
    except (TypeError, OverflowError, OSError) as error:
        print(type(error).__name__)
client.close()
try:
    client.recv(1)
except OSError as error:
    print(error)
