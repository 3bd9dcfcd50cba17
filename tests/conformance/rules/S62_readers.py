"""One reader and one writer an fd; a second reader replaces the first, and its handle is cancelled."""
import asyncio, socket

def show(name, sock):
    print(name, sock.recv(100))

def writable(name):
    print(name, 'writable')

async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.bind(('127.0.0.1', 5555))
    listener.listen()
    client = socket.socket()
    client.connect(('127.0.0.1', 5555))
    server, address = listener.accept()
    server.setblocking(False)
    client.setblocking(False)
    print(loop.remove_reader(server), loop.remove_writer(server))
    loop.add_reader(server, show, 'first', server)
    loop.add_writer(server, writable, 'w')
    loop.add_reader(server.fileno(), show, 'second', server)
    client.send(b'one')
    await asyncio.sleep(0)
    print(loop.remove_writer(server), loop.remove_writer(server))
    client.send(b'two')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    client.close()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(loop.remove_reader(server), loop.remove_reader(server))
    for bad in [-1, 'x', 999]:
        try:
            loop.add_reader(bad, print)
        except (ValueError, OSError) as error:
            print(repr(error))
    loop.add_reader(server, print)
    server.close()
    print(loop.remove_reader(server))
    listener.close()
    print(server, listener.fileno())

asyncio.run(main())
