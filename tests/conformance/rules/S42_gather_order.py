"""gather watches each argument before it makes a task of the next; a finished one shows it."""
async def job(name):
    print(name)
    await asyncio.sleep(0)
    return name

async def main():
    done = asyncio.create_task(job('done'))
    await done
    failed = asyncio.get_running_loop().create_future()
    failed.set_exception(ValueError('failed'))
    got = await asyncio.gather(job('a'), done, job('b'), done)
    print(got)
    try:
        await asyncio.gather(failed, job('c'))
    except ValueError as e:
        print(repr(e))
    for bad in [[done], {1: 2}, 3, job]:
        try:
            asyncio.gather(bad)
        except TypeError as e:
            print(e)
    try:
        asyncio.gather(failed, job('d'), 3)
    except TypeError as e:
        print(e)
    await asyncio.sleep(1)

asyncio.run(main())
