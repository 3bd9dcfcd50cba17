"""A socket that is closed while it is watched leaves the selector; who gets its descriptor next cannot be watched."""
import asyncio, socket

async def serve(listener):
    loop = asyncio.get_running_loop()
    while True:
        client, address = await loop.sock_accept(listener)
        print('accepted')
        client.close()

async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.setblocking(False)
    listener.bind(('127.0.0.1', 7000))
    listener.listen(5)
    serving = asyncio.create_task(serve(listener))
    await asyncio.sleep(0.5)
    serving.cancel()
    listener.close()
    again = socket.socket()
    again.setblocking(False)
    try:
        await loop.sock_connect(again, ('127.0.0.1', 7001))
    except OSError as error:
        print(repr(error))
    again.close()
    await asyncio.sleep(1)
    print(serving.cancelled())

asyncio.run(main())
