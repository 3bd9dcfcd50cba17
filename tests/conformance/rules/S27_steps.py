"""What a step may yield: awaiting oneself, another loop's future, CancelledError raised by hand."""
other = asyncio.new_event_loop()

async def on_itself():
    try:
        await asyncio.current_task()
    except RuntimeError as e:
        print(str(e)[:26])

async def on_foreign():
    try:
        await other.create_future()
    except RuntimeError as e:
        print(str(e)[-28:])

async def gives_up():
    raise asyncio.CancelledError('by hand')

async def main():
    await on_itself()
    await on_foreign()
    task = asyncio.create_task(gives_up())
    try:
        await task
    except asyncio.CancelledError as e:
        print(repr(e), task.cancelled())
    await asyncio.sleep(-1)
    await asyncio.sleep(0)

asyncio.run(main())
other.close()
