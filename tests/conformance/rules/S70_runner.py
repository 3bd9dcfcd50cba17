"""Runner: several runs on one loop, left-over tasks, close, misuse."""
async def value(x):
    await asyncio.sleep(1)
    return x

async def leaves_a_task():
    asyncio.create_task(forever(), name='left')
    await asyncio.sleep(0)

async def forever():
    try:
        await asyncio.sleep(1000)
    finally:
        print('forever ends')

async def nested(runner):
    try:
        runner.run(value(1))
    except RuntimeError as e:
        print(e)

async def count():
    return len(asyncio.all_tasks())

with asyncio.Runner() as runner:
    print(runner.run(value(1)))
    print(runner.run(value(2)))
    runner.run(leaves_a_task())
    print(runner.run(count()))
    print(runner.get_loop() is runner.get_loop(), runner.get_loop().is_running())
    for bad in [3, value]:
        try:
            runner.run(bad)
        except ValueError as e:
            print(str(e)[:30])
    try:
        runner.run(nested(runner))
    except RuntimeError as e:
        print(e)
print(asyncio.iscoroutine(3))
try:
    runner.get_loop()
except RuntimeError as e:
    print(e)
runner.close()
other = asyncio.Runner(loop_factory=asyncio.new_event_loop, debug=False)
other.close()
print(other.run(count()))
other.close()
try:
    asyncio.get_event_loop()
except RuntimeError as e:
    print(e)
