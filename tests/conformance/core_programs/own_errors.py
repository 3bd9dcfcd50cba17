import asyncio
class NotFound(LookupError):
    def __init__(self, key): super().__init__(key); self.key = key
class D:
    def __init__(self, n): self.n = n
    def __enter__(self): return self
    def __exit__(self, *a): print('~', self.n)
async def leaf(key):
    with D('leaf'):
        await asyncio.sleep(0.1)
        if key == 'x': raise NotFound(key)
        await asyncio.sleep(1); return key
async def middle(key):
    with D('middle'):
        try: return await leaf(key)
        except NotFound as e:
            print('middle saw', e.key); raise
async def top(key):
    with D('top'): return await middle(key)
async def main():
    try: await top('x')
    except NotFound as e: print('main saw', e.key)
    t = asyncio.create_task(top('y'))
    try: await asyncio.wait_for(t, 0.5)
    except TimeoutError: print('timeout')
    t = asyncio.create_task(top('x'))
    await asyncio.sleep(0.5)
    print(t.done(), t.exception().key)
    async def swallow():
        while True:
            try: await asyncio.sleep(1); return 'slept'
            except asyncio.CancelledError: print('swallowed')
    t = asyncio.create_task(swallow()); await asyncio.sleep(0); t.cancel()
    print(await t)
    t = asyncio.create_task(top('z')); t.cancel('early')
    try: await t
    except asyncio.CancelledError as e: print('never began', e.args)
    async def chain():
        await asyncio.gather(top('x'), top('a'))
    try: await asyncio.gather(chain(), top('x'))
    except NotFound as e: print('chain', e.key)
    await asyncio.sleep(2)
asyncio.run(main())
