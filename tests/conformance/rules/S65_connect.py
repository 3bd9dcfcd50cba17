"""sock_connect takes two iterations even here; refused, it raises what SO_ERROR said."""
import asyncio, socket

async def main():
    loop = asyncio.get_running_loop()
    sock = socket.socket()
    sock.setblocking(False)
    try:
        await loop.sock_connect(sock, ('127.0.0.1', 7))
    except ConnectionRefusedError as error:
        print(repr(error), error)
    sock.close()
    listener = socket.socket()
    listener.bind(('127.0.0.1', 5555))
    listener.listen(0)
    listener.setblocking(False)
    clients = []
    tasks = []
    for i in range(3):
        client = socket.socket()
        client.setblocking(False)
        clients.append(client)
        tasks.append(asyncio.create_task(loop.sock_connect(client, ('127.0.0.1', 5555))))
    await asyncio.sleep(1)
    print([task.done() for task in tasks])
    connections = []
    for i in range(3):
        connection, address = await loop.sock_accept(listener)
        connections.append(connection)
        print('accepted', i, [task.done() for task in tasks])
    await asyncio.gather(*tasks)
    try:
        await loop.sock_connect(clients[0], ('127.0.0.1', 5555))
        await loop.sock_connect(clients[0], ('127.0.0.1', 5555))
    except OSError as error:
        print(repr(error))
    for sock in clients + connections + [listener]:
        sock.close()

asyncio.run(main())
