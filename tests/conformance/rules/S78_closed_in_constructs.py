"""Tasks that are pending when their loop has closed: what their locks, groups, queues and clauses do when they go."""
async def in_lock(lock):
    async with lock:
        try:
            await asyncio.sleep(10)
        finally:
            print('lock', lock.locked())

async def in_timeout():
    async with asyncio.timeout(5):
        await asyncio.sleep(10)

async def in_group():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(asyncio.sleep(10))
        await asyncio.sleep(10)

async def in_queue():
    q = asyncio.Queue()
    await q.get()

async def in_wait_for():
    await asyncio.wait_for(asyncio.Event().wait(), 10)

async def in_condition():
    c = asyncio.Condition()
    async with c:
        await c.wait()

async def in_gather():
    await asyncio.gather(asyncio.sleep(10), asyncio.sleep(11))

async def in_semaphore():
    s = asyncio.Semaphore(0)
    async with s:
        pass

async def finally_awaits():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(0.1)
        print('never')

async def finally_yields():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(0)
        print('never')

async def swallows():
    try:
        await asyncio.sleep(10)
    except BaseException as e:
        print(repr(e))

async def nested():
    await swallows()
    print('went on')
    await asyncio.sleep(1)
loop = asyncio.new_event_loop()
for f in (in_timeout, in_group, in_queue, in_wait_for, in_condition, in_gather, in_semaphore, finally_awaits, finally_yields, swallows, nested):
    loop.create_task(f(), name=f.__name__)
loop.create_task(in_lock(asyncio.Lock()), name='in_lock')
loop.run_until_complete(asyncio.sleep(1))
loop.close()
print('closed')
