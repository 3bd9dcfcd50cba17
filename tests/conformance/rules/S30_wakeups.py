"""A task that ends in iteration k resumes its waiter in k + 1, all along a chain."""
async def chain(depth):
    if depth == 0:
        print('bottom')
        return 0
    task = asyncio.create_task(chain(depth - 1))
    result = await task
    print('back in', depth)
    return result + 1

async def main():
    result = await chain(4)
    print(result)
    done = asyncio.create_task(asyncio.sleep(0, 'x'))
    await asyncio.sleep(1)
    print(result_of(done))
    value = await done
    print(value)

def result_of(task):
    return task.result()

asyncio.run(main())
