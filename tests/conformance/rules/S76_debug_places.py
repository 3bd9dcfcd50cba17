"""Debug mode says where things were made: at most ten calls, asyncio's own counted."""
{'loop': {'debug': true}}

async def bad():
    raise ValueError('x')

async def never():
    pass

async def main():
    loop = asyncio.get_running_loop()
    t = asyncio.create_task(bad(), name='bad')
    await asyncio.sleep(0)
    del t
    await asyncio.sleep(0)
    never()
    loop.call_later(0.1, lambda: 1 / 0)
    await asyncio.sleep(0.2)
    time.sleep(0.15)
    f = asyncio.ensure_future(never())
    await f

    def thread():
        try:
            loop.call_soon(print, 1)
        except RuntimeError as e:
            print(e)
        try:
            loop.call_later(1, print, 1)
        except RuntimeError as e:
            print(e)
    th = threading.Thread(target=thread)
    th.start()
    th.join()
asyncio.run(main())
