"""What is left suspended at the program's end sees GeneratorExit, the oldest first."""
async def wait(name):
    try:
        await asyncio.sleep(10)
    except BaseException as error:
        print(name, 'caught', repr(error))
    finally:
        print(name, 'over')

async def outer(name):
    try:
        await wait(name)
    finally:
        print('outer of', name, 'over')

loop = asyncio.new_event_loop()
tasks = []
tasks.append(loop.create_task(outer('a')))
tasks.append(loop.create_task(wait('b')))
loop.call_later(0.1, loop.stop)
loop.run_forever()
loop.close()
print('end')
