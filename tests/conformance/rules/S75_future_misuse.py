"""Futures refuse what does not fit their state."""
async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    for call in [future.result, future.exception]:
        try:
            call()
        except asyncio.InvalidStateError as e:
            print(repr(e))
    future.set_result(1)
    try:
        future.set_result(2)
    except asyncio.InvalidStateError as e:
        print(repr(e))
    try:
        future.set_exception(ValueError())
    except asyncio.InvalidStateError as e:
        print(repr(e))
    print(future.cancel(), future.result(), future.exception())
    other = loop.create_future()
    for bad in [3, StopIteration(), ValueError]:
        try:
            other.set_exception(bad)
        except TypeError as e:
            print(e)
    print(repr(other.exception()))
    gone = loop.create_future()
    gone.cancel('because')
    for call in [gone.result, gone.exception]:
        try:
            call()
        except asyncio.CancelledError as e:
            print(repr(e))
    task = asyncio.current_task()
    for call in [task.set_result, task.set_exception]:
        try:
            call(ValueError())
        except RuntimeError as e:
            print(e)
    print(loop.create_future().remove_done_callback(print))

asyncio.run(main())
