"""asyncio.run: what is left over is cancelled, also when main fails."""
async def left_over(name, refuse):
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        if refuse == 'fail':
            raise ValueError(name)
        if refuse == 'wait':
            await asyncio.sleep(1)
            print(name, 'late')

async def main(fails):
    tasks = []
    for name, refuse in [('a', 'no'), ('b', 'fail'), ('c', 'wait')]:
        tasks.append(asyncio.create_task(left_over(name, refuse)))
    await asyncio.sleep(0)
    if fails:
        raise KeyError('main')
    return 'fine'

async def nothing():
    pass

print(asyncio.run(nothing()))
print(asyncio.run(main(False)))
try:
    asyncio.run(main(True))
except KeyError as e:
    print(repr(e))
try:
    asyncio.get_event_loop()
except RuntimeError as e:
    print(e)
