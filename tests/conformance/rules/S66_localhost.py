"""A host that is no number is resolved by a job of the default executor, for servers and clients."""
import asyncio, socket

async def hello(reader, writer):
    writer.write(b'hello')
    writer.close()

async def main():
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(hello, 'localhost', 5555)
    print(server.sockets[0].getsockname())
    reader, writer = await asyncio.open_connection('localhost', 5555)
    data = await reader.read()
    print(data, writer.get_extra_info('peername'))
    writer.close()
    sock = socket.socket()
    sock.setblocking(False)
    await loop.sock_connect(sock, ('localhost', 5555))
    data = await loop.sock_recv(sock, 100)
    print(data)
    sock.close()
    server.close()
    anywhere = await asyncio.start_server(hello, None, 5556)
    print(anywhere.sockets[0].getsockname())
    reader, writer = await asyncio.open_connection(None, 5556)
    data = await reader.read()
    print(data)
    writer.close()
    anywhere.close()
    try:
        await asyncio.open_connection('no.such.host', 1)
    except OSError as error:
        print(error)

asyncio.run(main())
