"""What read, readline, readuntil and readexactly give, and when they suspend.
{"world": [{"at": 1, "connect": 5555, "as": "p"}, {"at": 1, "from": "p", "send": "ab"},
 {"at": 2, "from": "p", "send": "c\\ndefghij|k"}, {"at": 3, "from": "p", "send": "lmnopqrstuvwxyz"}, {"at": 4, "from": "p", "close": true}]}
"""
import asyncio

async def handle(reader, writer):
    loop = asyncio.get_running_loop()
    print('begin', loop.time())
    data = await reader.read(10)
    print(data, loop.time())
    data = await reader.readline()
    print(data, loop.time())
    data = await reader.readexactly(3)
    print(data, loop.time())
    data = await reader.readuntil(b'|')
    print(data, loop.time())
    data = await reader.read(0)
    print(data, loop.time())
    other = asyncio.create_task(reader.readexactly(5))
    await asyncio.sleep(0)
    try:
        await reader.read(1)
    except RuntimeError as error:
        print(error)
    data = await other
    print(data, loop.time())
    data = await reader.read()
    print(data, loop.time(), reader.at_eof())
    try:
        await reader.readexactly(2)
    except asyncio.IncompleteReadError as error:
        print(error, error.partial, error.expected)
    data = await reader.readline()
    print(data)
    writer.close()

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 5555)
    await asyncio.sleep(6)
    server.close()

asyncio.run(main())
