import asyncio, threading, queue, time
from concurrent.futures import ThreadPoolExecutor, CancelledError
q = queue.Queue(2)
lock = threading.Lock()
def producer():
    for i in range(5): q.put(i); print('put', i)
    q.put(None)
def consumer(loop, out):
    while (x := q.get()) is not None:
        with lock: time.sleep(0.2)
        loop.call_soon_threadsafe(out.put_nowait, x * x)
    loop.call_soon_threadsafe(out.put_nowait, None)
async def slow():
    try: await asyncio.sleep(50)
    except asyncio.CancelledError: print('slow cancelled'); raise
async def main():
    loop = asyncio.get_running_loop()
    out = asyncio.Queue()
    ts = [threading.Thread(target=producer), threading.Thread(target=consumer, args=(loop, out))]
    for t in ts: t.start()
    while (x := await out.get()) is not None: print('got', x, round(loop.time(), 3))
    def canceller():
        f = asyncio.run_coroutine_threadsafe(slow(), loop)
        time.sleep(0.5); print('cancel', f.cancel())
        try: f.result()
        except CancelledError: print('cancelled')
    await asyncio.to_thread(canceller)
    await asyncio.sleep(0.1)
    with ThreadPoolExecutor(2) as pool:
        fs = [loop.run_in_executor(pool, time.sleep, 0.3) for _ in range(3)]
        await asyncio.wait(fs, return_when=asyncio.FIRST_COMPLETED)
        print('first', round(loop.time(), 3))
        await asyncio.gather(*fs)
    print('all', round(loop.time(), 3))
    try: loop.run_in_executor(pool, print)
    except RuntimeError as e: print(e)
asyncio.run(main())
