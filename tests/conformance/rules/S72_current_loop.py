"""get_event_loop: the running loop, else the thread's, which is made once; get_running_loop: only a running one."""
async def inside():
    print(asyncio.get_event_loop() is asyncio.get_running_loop())

loop = asyncio.get_event_loop()
print(loop is asyncio.get_event_loop(), loop.is_running())
loop.run_until_complete(inside())
asyncio.set_event_loop(None)
for call in [asyncio.get_event_loop, asyncio.get_running_loop, asyncio.current_task, asyncio.all_tasks]:
    try:
        call()
    except RuntimeError as e:
        print(e)
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)
loop.close()
asyncio.run(inside())
try:
    asyncio.get_event_loop()
except RuntimeError as e:
    print(e)
try:
    asyncio.set_event_loop(3)
except TypeError as e:
    print(e)
