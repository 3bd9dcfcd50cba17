"""A connected socket is reported writable again in the iteration after, to a callback that is cancelled by then."""
import asyncio, socket

async def ticker():
    for i in range(8):
        print('tick', i)
        await asyncio.sleep(0)

async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.bind(('127.0.0.1', 5555))
    listener.listen()
    listener.setblocking(False)
    task = asyncio.create_task(ticker())
    client = socket.socket()
    client.setblocking(False)
    await loop.sock_connect(client, ('127.0.0.1', 5555))
    print('connected')
    connection, address = await loop.sock_accept(listener)
    print('accepted', address == client.getsockname())
    accepting = asyncio.create_task(loop.sock_accept(listener))
    await asyncio.sleep(0)
    others = []
    for i in range(2):
        other = socket.socket()
        other.setblocking(False)
        others.append(other)
        await loop.sock_connect(other, ('127.0.0.1', 5555))
        print('connected', i)
    first, address = await accepting
    second, address = await loop.sock_accept(listener)
    await task
    for sock in [listener, client, connection, first, second] + others:
        sock.close()

asyncio.run(main())
