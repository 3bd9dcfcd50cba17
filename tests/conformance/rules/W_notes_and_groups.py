"""Notes stand in tracebacks below what they belong to; groups can be split by type and by function."""
class Mine(ExceptionGroup):
    pass

async def fail(error, *notes):
    await asyncio.sleep(0.1)
    for note in notes:
        error.add_note(note)
    raise error

def notes():
    error = KeyError('k')
    error.add_note('one')
    error.add_note('two\nlines')
    print(error.__notes__, repr(error), str(error))
    for bad in [5, None, b'x']:
        try:
            error.add_note(bad)
        except TypeError as refused:
            print(refused)
    odd = ValueError()
    odd.__notes__ = 'text'
    try:
        odd.add_note('x')
    except TypeError as refused:
        print(refused)
    unfit = ValueError('unfit')
    unfit.__notes__ = 5
    return error, odd, unfit

def split():
    inner = ExceptionGroup('inner', [TypeError(2), ValueError(3), OSError(4)])
    inner.add_note('of the inner')
    group = ExceptionGroup('outer', [ValueError(1), inner, KeyError('k')])
    for condition in [ValueError, (TypeError, KeyError), OSError, SystemExit, ExceptionGroup, Exception, lambda e: isinstance(e, LookupError), lambda e: False, lambda e: not isinstance(e, ExceptionGroup)]:
        match, rest = group.split(condition)
        print(repr(match), repr(rest), match is group, group.subgroup(condition) == match)
    match, rest = group.split(ValueError)
    print(match.exceptions[1].__notes__, match.exceptions[0] is group.exceptions[0], match.message)
    print(repr(group.derive([KeyError(1)])), repr(Mine('m', [ValueError(1)]).subgroup(lambda e: isinstance(e, ValueError))))
    print(type(BaseExceptionGroup('b', [SystemExit(1), ValueError(2)]).subgroup(ValueError)).__name__)
    for bad in [5, 'x', (ValueError, 5), int, None]:
        try:
            group.split(bad)
        except TypeError as error:
            print(error)

async def handled():
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fail(ValueError('v'), 'from v'))
            tasks.create_task(fail(KeyError('k')))
    except ExceptionGroup as group:
        values, others = group.split(ValueError)
        print('values', [str(error) for error in values.exceptions], values.__traceback__ is not None)
        others.add_note('the rest')
        raise others

error, odd, unfit = notes()
split()
loop = asyncio.new_event_loop()
loop.call_exception_handler({'message': 'logged', 'exception': error})
loop.call_exception_handler({'message': 'odd', 'exception': odd})
loop.call_exception_handler({'message': 'unfit', 'exception': unfit})
loop.close()
asyncio.run(handled())
