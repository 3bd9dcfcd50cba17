"""open_connection where nobody listens; start_server on an address in use."""
import asyncio

async def nothing(reader, writer):
    writer.close()

async def main():
    try:
        await asyncio.open_connection('127.0.0.1', 9)
    except ConnectionRefusedError as error:
        print(repr(error))
    first = await asyncio.start_server(nothing, '127.0.0.1', 5555)
    try:
        await asyncio.start_server(nothing, '127.0.0.1', 5555)
    except OSError as error:
        print(error)
    first.close()
    second = await asyncio.start_server(nothing, ['127.0.0.1', '127.0.0.1'], 5555, start_serving=False)
    print(second.is_serving())
    await second.start_serving()
    print(second.is_serving())
    second.close()
    try:
        await asyncio.start_server(nothing)
    except ValueError as error:
        print(error)
    task = asyncio.create_task(asyncio.sleep(0))
    await task
    print(task.get_name())

asyncio.run(main())
