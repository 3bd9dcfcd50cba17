"""call_soon_threadsafe wakes the select: one byte in the self-pipe, _read_from_self behind the callbacks."""
def worker(loop, fut):
    for i in range(3):
        time.sleep(0.5)
        print('worker', i)
        loop.call_soon_threadsafe(print, 'from worker', i)
    loop.call_soon_threadsafe(fut.set_result, 'x')
    loop.call_soon_threadsafe(print, 'second')


async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    t = threading.Thread(target=worker, args=(loop, fut))
    t.start()
    loop.call_soon_threadsafe(print, 'own')
    loop.call_soon(print, 'soon')
    await asyncio.sleep(0)
    print('after 0')
    r = await fut
    print(r, time.monotonic())
    t.join()


asyncio.run(main())
