"""Lines longer than the limit, and a reader that is fed too much pauses its transport."""
import asyncio

async def handle(reader, writer):
    writer.write(b'0123456789\nshort\n' + b'x' * 30 + b'\nend\n')
    await asyncio.sleep(1)
    writer.write(b'y' * 100)
    await asyncio.sleep(1)
    writer.close()

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 5555)
    reader, writer = await asyncio.open_connection('127.0.0.1', 5555, limit=8)
    for i in range(4):
        try:
            line = await reader.readline()
            print(line)
        except ValueError as error:
            print(error)
    await asyncio.sleep(1.5)
    print(writer.transport.is_reading())
    try:
        await reader.readuntil(b'!')
    except asyncio.LimitOverrunError as error:
        print(error, error.consumed)
    data = await reader.readexactly(90)
    print(len(data), writer.transport.is_reading())
    data = await reader.read(-1)
    print(data)
    writer.close()
    server.close()
    await asyncio.sleep(0)

asyncio.run(main())
