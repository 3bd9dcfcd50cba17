"""async with a server; serve_forever ends when it is cancelled, and closes the server.
{"world": [{"at": 1, "connect": 5555, "as": "alice"}, {"at": 1.5, "from": "alice", "send": "hello\\nyou\\n"},
 {"at": 2, "from": "alice", "close": true}, {"at": 2, "connect": 5555}, {"at": 2.5, "from": "peer2", "reset": true}]}
"""
import asyncio

async def handle(reader, writer):
    print('connected', asyncio.get_running_loop().time())
    try:
        async for line in reader:
            print(line, asyncio.get_running_loop().time())
            writer.write(line)
        print('end', reader.at_eof())
    except ConnectionResetError as error:
        print(repr(error))
    writer.close()

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 5555)
    async with server:
        task = asyncio.create_task(server.serve_forever())
        await asyncio.sleep(3)
        try:
            await server.serve_forever()
        except RuntimeError as error:
            print(type(error).__name__)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            print('cancelled', server.is_serving())
    try:
        await server.serve_forever()
    except RuntimeError as error:
        print(error)

asyncio.run(main())
