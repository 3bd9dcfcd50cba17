"""A closed loop refuses work; futures can still be made."""
async def nothing():
    pass

loop = asyncio.new_event_loop()
loop.close()
for call in [lambda: loop.call_soon(print), lambda: loop.call_later(1, print), lambda: loop.call_at(1, print), lambda: loop.run_forever(), lambda: loop.run_until_complete(loop.create_future())]:
    try:
        call()
    except RuntimeError as e:
        print(e)
print(loop.create_future().done())
