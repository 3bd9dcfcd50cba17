"""What a task could not await, itself or another loop's future, nobody can await while it is pending."""
async def selfish():
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        print(error)
    await asyncio.sleep(0.1)
    return 'selfish'

async def main():
    task = asyncio.create_task(selfish())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for _ in range(2):
        try:
            result = await task
            print(result)
        except RuntimeError as error:
            print(error)
    await asyncio.sleep(0.2)
    result = await task
    print(result)
    foreign = other.create_future()
    try:
        await foreign
    except RuntimeError as error:
        print(error)
    return foreign

async def elsewhere(future):
    try:
        await future
    except RuntimeError as error:
        print(error)

other = asyncio.new_event_loop()
foreign = asyncio.run(main())
other.run_until_complete(elsewhere(foreign))
other.close()
