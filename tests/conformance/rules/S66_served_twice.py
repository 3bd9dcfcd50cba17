"""A closed server can neither start to serve nor serve for ever; its sockets are gone."""
async def serve(reader, writer):
    writer.close()

async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 5000, start_serving=False)
    print(server.is_serving())
    await server.start_serving()
    await server.start_serving()
    print(server.is_serving())
    server.close()
    try:
        await server.start_serving()
    except TypeError as error:
        print(error)
    try:
        await server.serve_forever()
    except RuntimeError as error:
        print(error)

asyncio.run(main())
