"""A cancelled sock_recv stops watching; the socket can be read again after that."""
import asyncio, socket

async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.bind(('127.0.0.1', 5555))
    listener.listen()
    client = socket.socket()
    client.connect(('127.0.0.1', 5555))
    server, address = listener.accept()
    server.setblocking(False)
    task = asyncio.create_task(loop.sock_recv(server, 10))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('cancelled')
    client.send(b'x')
    await asyncio.sleep(1)
    got = await loop.sock_recv(server, 10)
    print(got)
    task = asyncio.create_task(loop.sock_recv(server, 10))
    await asyncio.sleep(0)
    loop.call_later(1, task.cancel)
    loop.call_later(1, client.send, b'both at once')
    try:
        got = await task
        print(got)
    except asyncio.CancelledError:
        print('cancelled', loop.time())
    client.close()
    server.close()
    listener.close()

asyncio.run(main())
