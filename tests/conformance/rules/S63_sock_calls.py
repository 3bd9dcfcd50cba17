"""sock_recv and sock_sendall try first; what would block waits for readiness."""
import asyncio, socket

async def echo(listener):
    loop = asyncio.get_running_loop()
    sock, address = await loop.sock_accept(listener)
    print('accepted')
    while True:
        data = await loop.sock_recv(sock, 3)
        print('server got', data)
        if not data:
            break
        await loop.sock_sendall(sock, data)
    sock.close()

async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(('127.0.0.1', 5555))
    listener.listen()
    listener.setblocking(False)
    task = asyncio.create_task(echo(listener))
    await asyncio.sleep(0)
    client = socket.socket()
    client.setblocking(False)
    await loop.sock_connect(client, ('127.0.0.1', 5555))
    print('connected', client.getpeername())
    await loop.sock_sendall(client, b'hello')
    got = await loop.sock_recv(client, 100)
    print('client got', got)
    got = await loop.sock_recv(client, 100)
    print('client got', got)
    client.close()
    await task
    listener.close()

asyncio.run(main())
