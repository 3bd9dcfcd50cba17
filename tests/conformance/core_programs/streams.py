import asyncio
async def handle(reader, writer):
    while line := await reader.readline():
        print('server', line)
        writer.write(line.upper()); await writer.drain()
    print('server eof'); writer.close()
async def client(n):
    await asyncio.sleep(n * 0.1)
    r, w = await asyncio.open_connection('127.0.0.1', 8888)
    for i in range(2):
        w.write(b'hello %d %d\n' % (n, i)); print('client', await r.readline())
        await asyncio.sleep(0.25)
    w.close(); await w.wait_closed(); print('client done', n)
async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 8888)
    async with server:
        await asyncio.gather(*[client(i) for i in range(3)])
        try:
            r, w = await asyncio.open_connection('127.0.0.1', 8888)
            w.write_eof(); print(await r.read())
            w.close()
            await r.readexactly(3)
        except asyncio.IncompleteReadError as e: print(e.partial, e.expected)
    try: await asyncio.open_connection('127.0.0.1', 9999)
    except ConnectionRefusedError as e: print(e)
    await asyncio.sleep(1)
asyncio.run(main())
