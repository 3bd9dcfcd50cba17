"""A loop is driven by another thread while it is idle, and refused while it runs."""
async def work_a(n):
    for i in range(n):
        print('a', i, threading.current_thread().name)
        await asyncio.sleep(0.2)


def drive(loop):
    try:
        loop.run_until_complete(work_a(2))
        print('driven')
    except RuntimeError as e:
        print(repr(e))


loop = asyncio.new_event_loop()
t = threading.Thread(target=drive, args=(loop,))
t.start()
t.join()


def later(loop):
    time.sleep(0.3)
    c = work_a(1)
    try:
        loop.run_until_complete(c)
    except RuntimeError as e:
        print(repr(e))
    try:
        loop.close()
    except RuntimeError as e:
        print(repr(e))
    loop.call_soon(print, 'not woken')


t = threading.Thread(target=later, args=(loop,))
t.start()
loop.run_until_complete(work_a(4))
t.join()
loop.close()
