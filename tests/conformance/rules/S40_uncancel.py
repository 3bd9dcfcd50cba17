"""uncancel() does not withdraw a pending throw."""
async def main():
    task = asyncio.current_task()
    task.cancel()
    print(task.uncancel())
    try:
        await asyncio.sleep(0)
        print('not reached')
    except asyncio.CancelledError:
        print('thrown all the same', task.cancelling())

asyncio.run(main())
