"""Lines and reads that are too long or too short."""
async def serve(reader, writer):
    writer.write(b'x' * 100)
    writer.write(b'\nshort\nab')
    await writer.drain()
    writer.close()
    await writer.wait_closed()

async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 8080, limit=64)
    print(server.is_serving(), [s.getsockname() for s in server.sockets])
    r, w = await asyncio.open_connection('127.0.0.1', 8080, limit=32)
    try:
        await r.readline()
    except ValueError as e:
        print(repr(e))
    try:
        r1 = await r.readuntil(b'\n')
        print(r1)
    except asyncio.LimitOverrunError as e:
        print(repr(e), e.consumed)
    r2 = await r.read(200)
    print(r2)
    try:
        await r.readexactly(10)
    except asyncio.IncompleteReadError as e:
        print(repr(e), e.partial, e.expected)
    r3 = await r.read()
    r4 = await r.readline()
    print(r.at_eof(), r3, r4)
    w.close()
    await w.wait_closed()
    r, w = await asyncio.open_connection('127.0.0.1', 8080)
    try:
        await r.readuntil(b'#')
    except asyncio.IncompleteReadError as e:
        print(len(e.partial), e.expected)
    try:
        await r.readexactly(-1)
    except ValueError as e:
        print(e)
    try:
        await r.readuntil(b'')
    except ValueError as e:
        print(e)
    w.close()
    server.close()
    await server.wait_closed()
    print(server.is_serving(), server.sockets)
    try:
        await asyncio.open_connection('127.0.0.1', 8080)
    except ConnectionRefusedError as e:
        print(e)
    try:
        await server.start_serving()
    except RuntimeError as e:
        print(e)
asyncio.run(main())
