"""A selector that is forgotten open keeps its sockets open; a closed one lets them go.
{"world": [{"at": 0.1, "connect": 5001, "as": "a"}, {"at": 1.1, "connect": 5002, "as": "b"}]}
"""
def serve(port, close):
    listener = socket.socket()
    listener.bind(('127.0.0.1', port))
    listener.listen()
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    selector.select()
    connection, address = listener.accept()
    selector.register(connection, selectors.EVENT_READ)
    connection.send(b'hello')
    if close:
        selector.close()

serve(5001, False)
print('forgotten', time.monotonic())
serve(5002, True)
print('closed', time.monotonic())
time.sleep(1)
print('end')
