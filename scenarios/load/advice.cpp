#include "scenarios/load/advice.h"

#include <algorithm>
#include <span>

namespace loopscope::scenarios {
namespace {

struct Advice {
  std::string_view name, instead;
};

constexpr std::string_view kNoFiles = "a scenario reads and writes no files: keep the text in a list";
constexpr std::string_view kClassInstead = "write a class with __init__";

constexpr Advice kModules[] = {
    {"array", "use a list"},
    {"collections", "use list, dict and set: a list's pop(0) and append make a deque"},
    {"contextlib", "write a class with __enter__ and __exit__, or __aenter__ and __aexit__"},
    {"contextvars", "pass the value as an argument"},
    {"copy", "use list(x), dict(x) or x.copy()"},
    {"dataclasses", kClassInstead},
    {"datetime", "use time.time(), or the loop's time()"},
    {"enum", "write a class with constants"},
    {"heapq", "use asyncio.PriorityQueue, or sort a list"},
    {"inspect", "asyncio.iscoroutine, callable and isinstance are there"},
    {"io", kNoFiles},
    {"itertools", "use range, zip, enumerate and a counter of your own"},
    {"json", "use repr, str.split and dicts"},
    {"logging", "use print"},
    {"math", "use numbers, ** and //: x ** 0.5 is the square root"},
    {"multiprocessing", "use concurrent.futures.ProcessPoolExecutor"},
    {"os", "a scenario does not see the machine that it runs on"},
    {"pathlib", kNoFiles},
    {"random", "write the numbers down: a run is the same every time"},
    {"subprocess", "a scenario starts no programs: use asyncio.to_thread, or a peer in \"world\""},
    {"sys", "sys.exit(n) is raise SystemExit(n), and print writes"},
    {"traceback", "print the exception, or let it go uncaught"},
    {"typing", "leave annotations out"},
    {"uuid", "count: 'id-1', 'id-2'"},
    {"weakref", "keep the object itself"},
};

constexpr Advice kBuiltins[] = {
    {"aiter", "call __aiter__(), or write an async for"},
    {"anext", "call __anext__(): x = await it.__anext__()"},
    {"ascii", "write f'{x!a}'"},
    {"bin", "write f'{x:#b}'"},
    {"bytearray", "use bytes, and + to join them"},
    {"classmethod", "write a function outside of the class"},
    {"compile", "write the statements themselves"},
    {"delattr", "write del obj.name, or keep a dict"},
    {"dir", "print what you want to see"},
    {"eval", "write the expression itself"},
    {"exec", "write the statements themselves"},
    {"exit", "write raise SystemExit(0)"},
    {"format", "write f'{x:spec}'"},
    {"frozenset", "use a tuple, or a set"},
    {"globals", "keep a dict of your own"},
    {"hash", "use the value itself as a key"},
    {"hex", "write f'{x:#x}'"},
    {"input", "a scenario has no keyboard: write the text down, or let a peer in \"world\" send it"},
    {"issubclass", "use isinstance"},
    {"locals", "keep a dict of your own"},
    {"memoryview", "use bytes"},
    {"oct", "write f'{x:#o}'"},
    {"open", kNoFiles},
    {"pow", "write x ** y"},
    {"property", "write a method and call it"},
    {"quit", "write raise SystemExit(0)"},
    {"setattr", "write obj.name = value, or keep a dict"},
    {"slice", "write x[a:b]"},
    {"staticmethod", "write a function outside of the class"},
    {"vars", "keep a dict of your own"},
};

std::string_view look_up(std::span<const Advice> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Advice::name);
  return found == table.end() ? std::string_view() : found->instead;
}

}  // namespace

std::string_view instead_of_module(std::string_view module) { return look_up(kModules, module); }
std::string_view instead_of_builtin(std::string_view name) { return look_up(kBuiltins, name); }

}  // namespace loopscope::scenarios
