async def sleeper(name):
    try:
        print(name, 'sleeps')
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise
    finally:
        print(name, 'cleanup')
async def main():
    t = asyncio.create_task(sleeper('t'))
    await asyncio.sleep(0)
    print(t.cancel('message'), t.cancelling())
    try:
        await t
    except asyncio.CancelledError as e:
        print('main sees', repr(e))
    print(t.cancelled(), t.done(), t.cancel())
    never = asyncio.create_task(sleeper('never'))
    never.cancel()
    try:
        await never
    except asyncio.CancelledError:
        print('never ran')
asyncio.run(main())
# ---
async def stubborn():
    while True:
        try:
            await asyncio.sleep(1000)
        except asyncio.CancelledError:
            print('no', asyncio.current_task().cancelling())
            asyncio.current_task().uncancel()
            break
    return 'survived'
async def inner():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print('inner finally')
async def outer():
    try:
        await asyncio.create_task(inner())
    finally:
        print('outer finally')
async def main():
    t = asyncio.create_task(stubborn())
    o = asyncio.create_task(outer())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    t.cancel()
    o.cancel()
    got = await t
    print(got, t.cancelled())
    try:
        await o
    except asyncio.CancelledError:
        print('outer cancelled', o.cancelled())
    me = asyncio.current_task()
    me.cancel()
    print('still here')
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError:
        print('now')
    print(len(asyncio.all_tasks()), asyncio.all_tasks() == {me})
asyncio.run(main())
# ---
async def left_over():
    try:
        await asyncio.sleep(1000)
    finally:
        print('cancelled at the end')
async def main():
    asyncio.create_task(left_over())
    await asyncio.sleep(0)
    print('main ends')
    raise RuntimeError('from main')
asyncio.run(main())
