"""The loop's exception handler gets a context; its own errors go to the default one."""
def fail(kind):
    raise kind

def handler(loop, context):
    print(sorted(context), context['message'], repr(context['exception']))
    print(context['handle'])
    if context['exception'].args == ('b',):
        raise KeyError('handler')

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(fail, ValueError('a'))
    loop.call_soon(fail, ValueError('b'))
    await asyncio.sleep(0)
    print('goes on')
    loop.set_exception_handler(None)
    loop.call_soon(fail, ValueError('c'))
    await asyncio.sleep(0)
    try:
        loop.set_exception_handler(3)
    except TypeError as e:
        print(e)

async def own():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context))
    loop.call_exception_handler({'message': 'mine', 'more': 1})
    loop.call_exception_handler({'exception': ValueError('x')})

def leave(loop, context):
    raise SystemExit(3)

asyncio.run(main())
asyncio.run(own())
loop = asyncio.new_event_loop()
loop.set_exception_handler(leave)
loop.call_soon(fail, ValueError('d'))
loop.call_soon(print, 'stays')
try:
    loop.run_forever()
except SystemExit as e:
    print('left', e)
loop.close()
