"""A server over selectors: registrations, keys, masks, closing.
{"world": [{"at": 1, "connect": 5555, "as": "a"}, {"at": 1.5, "connect": 5555, "as": "b"}, {"at": 2, "from": "b", "send": "hi"},
 {"at": 2, "from": "a", "send": "hello"}, {"at": 3, "from": "a", "close": true}, {"at": 4, "signal": "SIGINT"}]}
"""
import selectors, socket, time

sel = selectors.DefaultSelector()

def accept(sock):
    connection, address = sock.accept()
    print('accepted', time.time())
    connection.setblocking(False)
    sel.register(connection, selectors.EVENT_READ, read)

def read(connection):
    data = connection.recv(1024)
    print('read', data, time.time())
    if data:
        connection.sendall(data)
    else:
        sel.unregister(connection)
        connection.close()

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('127.0.0.1', 5555))
listener.listen(100)
listener.setblocking(False)
key = sel.register(listener, selectors.EVENT_READ, accept)
print(key.fd, key.events, key.fileobj is listener, key.data is accept)
try:
    sel.register(listener, selectors.EVENT_READ)
except KeyError as error:
    print('already')
for bad in [0, 4]:
    try:
        sel.register(7, bad)
    except ValueError as error:
        print(error)
print(sel.select(0), sel.select(0.25), time.time())
try:
    while True:
        for key, mask in sel.select():
            key.data(key.fileobj)
except KeyboardInterrupt:
    print('interrupted', time.time())
print(len(sel.get_map()), sorted(sel.get_map()))
key = sel.modify(listener, selectors.EVENT_READ | selectors.EVENT_WRITE, 'data')
print(key.events, key.data)
listener.close()
print(sel.unregister(listener).data)
sel.close()
print(sel.get_map())
