"""A connection that the other end resets: reads, drain and wait_closed raise.
{"world": [{"at": 1, "connect": 5555, "as": "p"}, {"at": 2, "from": "p", "reset": true}]}
"""
import asyncio

async def handle(reader, writer):
    try:
        await reader.read(10)
    except ConnectionResetError as error:
        print('read', repr(error))
    try:
        await writer.drain()
    except ConnectionResetError as error:
        print('drain', repr(error))
    for i in range(7):
        writer.write(b'x')
    try:
        await writer.wait_closed()
    except ConnectionResetError as error:
        print('closed', repr(error))
    print(reader.exception(), writer.is_closing())

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 5555)
    await asyncio.sleep(3)
    server.close()

asyncio.run(main())
