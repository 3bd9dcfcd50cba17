"""drain waits while more than the high-water mark is unsent; a full buffer makes the transport wait for room."""
import asyncio

async def handle(reader, writer):
    await asyncio.sleep(1)
    total = 0
    while True:
        data = await reader.read(1000000)
        if not data:
            break
        total += len(data)
    print('received', total, asyncio.get_running_loop().time())
    writer.close()

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 5555)
    reader, writer = await asyncio.open_connection('127.0.0.1', 5555)
    writer.write(b'x' * 100)
    await writer.drain()
    print('small drained', asyncio.get_running_loop().time())
    writer.write(b'x' * 5000000)
    print(writer.transport.get_write_buffer_size())
    await writer.drain()
    print('big drained', asyncio.get_running_loop().time())
    print(writer.transport.get_write_buffer_size())
    writer.write_eof()
    try:
        writer.write(b'z')
    except RuntimeError as error:
        print(error)
    data = await reader.read()
    print(data)
    writer.close()
    await writer.wait_closed()
    try:
        await writer.drain()
    except ConnectionResetError as error:
        print(repr(error))
    server.close()

asyncio.run(main())
