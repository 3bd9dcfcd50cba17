"""start_server, open_connection, a task for each connection, echo, close: iteration by iteration."""
import asyncio

async def handle(reader, writer):
    name = writer.get_extra_info('sockname')
    print('connection', name)
    while True:
        line = await reader.readline()
        print('server', line)
        if not line:
            break
        writer.write(line)
        await writer.drain()
    writer.close()
    await writer.wait_closed()
    print('handler done', writer.is_closing())

async def client(name):
    reader, writer = await asyncio.open_connection('127.0.0.1', 5555)
    print(name, 'connected')
    writer.write(name.encode() + b'\n')
    await writer.drain()
    line = await reader.readline()
    print(name, 'got', line)
    writer.write(b'more\n')
    line = await reader.readexactly(5)
    print(name, 'got', line)
    writer.close()
    await writer.wait_closed()
    print(name, 'closed')

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 5555)
    print(server.is_serving(), len(server.sockets), server.sockets[0].getsockname())
    await asyncio.gather(client('a'), client('b'))
    server.close()
    await server.wait_closed()
    print(server.sockets, server.is_serving())
    await asyncio.sleep(0.1)

asyncio.run(main())
