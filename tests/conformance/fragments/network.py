"""Streams, servers, sockets, selectors, signals, and the scripted world that talks to them."""

from fragments import Feature
from fragments.tasks import sleep

TEXTS = ["b'one\\n'", "b'one\\ntwo\\n'", "b'part'", "b'x' * 100000", "b'\\n'", "b''"]
READS = ["reader.readline()", "reader.read(4)", "reader.readexactly(3)", "reader.read(100)", "reader.readuntil(b'\\n')"]
HOSTS = ["'127.0.0.1'", "'127.0.0.1'", "'127.0.0.1'", "'localhost'"]


def serve_head(m):
    body = [f"data = await {m.pick(READS)}", "print(f'{name} serves {data[:9]}')", {"if": "not data", "do": ["break"]},
            "writer.write(data + data[:2])", *(["await writer.drain()"] if m.chance(0.7) else [])]
    over = ["print(f'{name} over')", "writer.close()", *m.pick([[], ["await writer.wait_closed()"]])]
    return [
        "served = [0]",
        {"async def": "serve(reader, writer)", "do": [
            "served[0] += 1", "name = f's{served[0]}'", "print(name, writer.get_extra_info('sockname'))",
            {"try": [{"while": "True", "do": body}], "except": [{"catch": "Exception as e", "do": [
                "print(f'{name} failed: {e!r}')"]}], "finally": over}]}]


def server(m, index, depth):
    name, port = m.name(), m.port()
    body = [f"print({name}.is_serving())"]
    for _ in range(m.number(0, 2)):
        body += client(m, index, depth, port)
    body += sleep(m, index, depth)
    over = [f"{name}.close()", *(["await " + name + ".wait_closed()"] if m.chance(0.7) else [])]
    return [{"try": [f"{name} = await asyncio.start_server(serve, {m.pick(HOSTS)}, {port})", *body, *over],
             "except": [{"catch": "OSError as e", "do": ["print(f'{e!r}')"]}]}]


def client(m, index, depth, port=None):
    name, port = m.name(), port or m.any_port()
    body = []
    for _ in range(m.number(1, 3)):
        body += m.pick([[f"writer.write({m.pick(TEXTS)})"], [f"writer.write({m.pick(TEXTS)})", "await writer.drain()"],
                        m.guarded([f"print('{name} read', data[:9])"],
                                  f"data = await asyncio.wait_for({m.pick(READS)}, {m.pick(['0.3', '1'])})")])
    over = m.pick([[], ["writer.close()"], ["writer.close()", "await writer.wait_closed()"]])
    return [{"try": [f"reader, writer = await asyncio.open_connection({m.pick(HOSTS)}, {port})",
                     f"print('{name}', reader.at_eof())", *body, *over],
             "except": [{"catch": "(OSError, asyncio.TimeoutError, EOFError) as e", "do": [f"print('{name}', repr(e))"]}]}]


def sockets_head(m):
    return [{"async def": "echo_once(listener, name)", "do": [
        "loop = asyncio.get_running_loop()",
        {"try": ["connection, address = await asyncio.wait_for(loop.sock_accept(listener), 1)",
                 "print(f'{name} accepted')", "data = await loop.sock_recv(connection, 100)",
                 "await loop.sock_sendall(connection, data * 2)", *m.pick([[], ["connection.close()"]])],
         "except": [{"catch": "Exception as e", "do": ["print(f'{name} failed: {e!r}')"]}],
         "finally": ["listener.close()"]}]}]


def sockets(m, index, depth):
    name, port = m.name(), m.port()
    s, c = f"{name}s", f"{name}c"
    made = [f"{s} = socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
            f"{s}.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)", f"{s}.setblocking(False)",
            f"{s}.bind(('127.0.0.1', {port}))", f"{s}.listen({m.pick(['', '0', '1'])})",
            f"tasks.append(asyncio.create_task(echo_once({s}, '{name}')))", *sleep(m, index, depth)]
    talk = [f"await loop.sock_connect({c}, ('127.0.0.1', {port}))", f"await loop.sock_sendall({c}, b'abc')",
            f"data = await asyncio.wait_for(loop.sock_recv({c}, 50), 0.5)",
            f"print('{name} got', data)"]
    return [{"try": [*made, f"{c} = socket.socket()", f"{c}.setblocking(False)", *talk, f"{c}.close()"],
             "except": [{"catch": "(OSError, asyncio.TimeoutError) as e", "do": [f"print('{name}', repr(e))"]}]}]


def readers_head(m):
    return [{"def": "on_readable(loop, connection, name)", "do": [
        "data = connection.recv(5000)", "print(name, data)",
        {"if": "not data", "do": ["print(loop.remove_reader(connection))", "connection.close()"],
         "else": ["connection.send(data + data[:2])"]}]},
        {"def": "on_connection(loop, listener, name)", "do": [
            "connection, address = listener.accept()", "connection.setblocking(False)",
            "print(name, 'accepts', loop.remove_reader(connection.fileno()))",
            "loop.add_reader(connection, on_readable, loop, connection, name)"]}]


def readers(m, index, depth):
    name, port = m.name(), m.port()
    return [{"try": [f"{name} = socket.socket()", f"{name}.setblocking(False)", f"{name}.bind(('127.0.0.1', {port}))",
                     f"{name}.listen()", f"loop.add_reader({name}, on_connection, loop, {name}, '{name}')",
                     *sleep(m, index, depth), *client(m, index, depth, port),
                     f"print(loop.remove_reader({name}))", f"{name}.close()"],
             "except": [{"catch": "OSError as e", "do": ["print(f'{e!r}')"]}]}]


def selectors_head(m):
    accept = ["connection, address = listener.accept()", "connection.setblocking(False)",
              "selector.register(connection, selectors.EVENT_READ, data='c')", "print('accepted', len(selector.get_map()))"]
    read = [{"try": ["data = key.fileobj.recv(100)"], "except": [{"catch": "OSError as e", "do": [
        "print(f'{e!r}')", "data = b''"]}]}, "print('received', data[:9])",
        {"if": "data", "do": ["key.fileobj.send(data)"],
         "else": ["selector.unregister(key.fileobj)", "key.fileobj.close()"]}]
    return [{"def": "select_until(end, port)", "do": [
        "selector = selectors.DefaultSelector()", "listener = socket.socket()",
        "listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)", "listener.bind(('127.0.0.1', port))",
        "listener.listen()", "listener.setblocking(False)", "selector.register(listener, selectors.EVENT_READ)",
        {"while": "time.monotonic() < end", "do": [
            {"for": "key, mask in selector.select(end - time.monotonic())", "do": [
                {"if": "key.data is None", "do": accept, "else": read}]}]},
        "print('select over', time.monotonic())", "selector.close()", "listener.close()"]}]


def selector_thread(m, index, depth):
    name, port = m.name(), m.port()
    return [f"{name} = threading.Thread(target=select_until, args=(loop.time() + {m.pick(['0.5', '1', '2'])}, {port}))",
            f"{name}.start()", *sleep(m, index, depth), *client(m, index, depth, port)]


def signal_head(m):
    raised = m.pick([[], [], ["raise KeyError(number)"]])
    return [{"def": "on_signal(number, frame)", "do": ["print('handler', number)", *raised]},
            {"def": "got_signal(name)", "do": ["print('signal for', name)"]}]


def signals(m, index, depth):
    which = m.pick(["SIGINT", "SIGTERM"])
    return m.pick([
        [f"loop.add_signal_handler(signal.{which}, got_signal, '{m.name()}')", *sleep(m, index, depth)],
        [f"print(loop.remove_signal_handler(signal.{which}))"],
        [f"signal.signal(signal.{which}, on_signal)", *sleep(m, index, depth)],
        [f"loop.add_signal_handler(signal.{which}, got_signal, '{m.name()}')", f"signal.raise_signal(signal.{which})",
         f"print('raised')"],
        [f"loop.call_later({m.delay()}, signal.raise_signal, signal.SIGINT)"],
        [f"time.sleep({m.pick(['0.1', '0.5', '1'])})", "print('slept', time.monotonic())"],
    ])


def peers(m):
    events = []
    for _ in range(m.number(0, 4) if m.ports else 0):
        name, at = m.name(), round(m.number(0, 15) * 0.1, 1)
        events.append({"at": at, "connect": m.any_port(), "as": name})
        for _ in range(m.number(0, 3)):
            at = round(at + m.number(0, 5) * 0.1, 1)
            events.append({"at": at, "from": name, "send": m.pick(["hello\n", "x", "a\nb\n", "é\n"])})
        if m.chance(0.7):
            events.append({"at": round(at + m.number(0, 3) * 0.1, 1), "from": name, m.pick(["close", "close", "reset"]): True})
    return events


def sent_signals(m):
    return [{"at": round(m.number(0, 15) * 0.1, 1), "signal": m.pick(["SIGINT", "SIGINT", "SIGTERM"])}
            for _ in range(m.number(0, 3))]


FEATURES = {
    "streams": Feature([(3, server), (1, client)], serve_head, peers),
    "sockets": Feature([(3, sockets)], sockets_head),
    "readers": Feature([(3, readers)], readers_head, peers),
    "selectors": Feature([(3, selector_thread)], selectors_head, peers),
    "signals": Feature([(4, signals)], signal_head, sent_signals),
}
