"""Callbacks of servers that raise."""
async def serve(reader, writer):
    data = await reader.readline()
    raise ValueError(data)

def sync_serve(reader, writer):
    raise KeyError('sync')

async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 5000)
    r, w = await asyncio.open_connection('127.0.0.1', 5000)
    w.write(b'hello\n')
    await asyncio.sleep(0.1)
    r1 = await r.read()
    print(r1)
    server.close()
    s2 = await asyncio.start_server(sync_serve, '127.0.0.1', 5001)
    r, w = await asyncio.open_connection('127.0.0.1', 5001)
    await asyncio.sleep(0.1)
    w.close()
    s2.close()
    print('end')
asyncio.run(main())
