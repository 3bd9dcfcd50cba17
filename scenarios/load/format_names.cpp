#include "scenarios/load/format_names.h"

#include <algorithm>
#include <vector>

namespace loopscope::scenarios {

namespace {

using Words = std::vector<std::string_view>;

struct Module {
  std::string_view name;
  Words members;
};

// clang-format off
const Words& format_functions() {
  static const Words words = {
    "print", "len", "range", "str", "int", "float", "bool", "list", "dict", "tuple", "set", "bytes",
    "enumerate", "zip", "min", "max", "sum", "sorted", "reversed", "abs", "round", "divmod", "repr", "chr",
    "ord", "isinstance", "type", "id", "callable", "hasattr", "getattr", "any", "all", "map", "filter", "iter",
    "next", "super", "object", "work",};
  return words;
}

const Words& exceptions() {
  static const Words words = {
    "ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup",
    "BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError",
    "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError",
    "DeprecationWarning", "EOFError", "EncodingWarning", "EnvironmentError", "Exception", "ExceptionGroup",
    "FileExistsError", "FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError",
    "ImportError", "ImportWarning", "IndentationError", "IndexError", "InterruptedError", "IsADirectoryError",
    "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError", "ModuleNotFoundError", "NameError",
    "NotADirectoryError", "NotImplementedError", "OSError", "OverflowError", "PendingDeprecationWarning",
    "PermissionError", "ProcessLookupError", "RecursionError", "ReferenceError", "ResourceWarning",
    "RuntimeError", "RuntimeWarning", "StopAsyncIteration", "StopIteration", "SyntaxError", "SyntaxWarning",
    "SystemError", "SystemExit", "TabError", "TimeoutError", "TypeError", "UnboundLocalError",
    "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError", "UnicodeWarning",
    "UserWarning", "ValueError", "Warning", "ZeroDivisionError",};
  return words;
}

/// Python's other builtins.
const Words& other_builtins() {
  static const Words words = {
    "Ellipsis", "NotImplemented", "aiter", "anext", "ascii", "bin", "breakpoint", "bytearray", "classmethod",
    "compile", "complex", "delattr", "dir", "eval", "exec", "exit", "format", "frozenset", "globals", "hash", "hex",
    "input", "issubclass", "locals", "memoryview", "oct", "open", "pow", "property", "quit", "setattr",
    "slice", "staticmethod", "vars",};
  return words;
}

const std::vector<Module>& format_modules() {
  static const std::vector<Module> modules = {
    {"asyncio", {
        "run", "create_task", "gather", "wait", "wait_for", "sleep", "shield", "timeout", "timeout_at",
        "as_completed", "to_thread", "current_task", "all_tasks", "get_event_loop", "get_running_loop",
        "new_event_loop", "set_event_loop", "iscoroutine", "ensure_future", "run_coroutine_threadsafe",
        "Future", "Task", "TaskGroup", "Event", "Lock", "Semaphore", "BoundedSemaphore", "Condition",
        "Barrier", "Queue", "LifoQueue", "PriorityQueue", "Runner", "start_server", "open_connection",
        "StreamReader", "StreamWriter", "IncompleteReadError", "LimitOverrunError", "CancelledError",
        "TimeoutError", "InvalidStateError", "QueueEmpty", "QueueFull", "BrokenBarrierError",
        "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED",}},
    {"threading", {
        "Thread", "Event", "Lock", "current_thread", "get_ident",}},
    {"time", {
        "sleep", "time", "monotonic", "perf_counter",}},
    {"signal", {
        "SIGINT", "SIGTERM", "signal", "raise_signal",}},
    {"socket", {
        "socket", "AF_INET", "SOCK_STREAM", "SOL_SOCKET", "SO_REUSEADDR",}},
    {"selectors", {
        "DefaultSelector", "EVENT_READ", "EVENT_WRITE",}},
    {"concurrent", {
        "futures",}},
    {"concurrent.futures", {
        "ThreadPoolExecutor", "ProcessPoolExecutor",}},
    {"functools", {
        "partial",}},
    {"queue", {
        "Queue",}},};
  return modules;
}

/// Modules of Python's library and well-known packages.
const Words& python_modules() {
  static const Words words = {
    "abc", "aifc", "aiohttp", "anyio", "argparse", "array", "ast", "asynchat", "asyncore", "atexit", "attr",
    "attrs", "audioop", "base64", "bdb", "binascii", "bisect", "builtins", "bz2", "cProfile", "calendar",
    "cgi", "cgitb", "chunk", "cmath", "cmd", "code", "codecs", "codeop", "collections", "colorsys",
    "compileall", "configparser", "contextlib", "contextvars", "copy", "copyreg", "crypt", "csv", "ctypes",
    "curio", "curses", "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis", "distutils", "doctest",
    "email", "encodings", "ensurepip", "enum", "errno", "faulthandler", "fcntl", "filecmp", "fileinput",
    "fnmatch", "fractions", "ftplib", "gc", "genericpath", "getopt", "getpass", "gettext", "glob", "graphlib",
    "grp", "gzip", "hashlib", "heapq", "hmac", "html", "http", "httpx", "imaplib", "imghdr", "imp",
    "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "lib2to3", "linecache",
    "locale", "logging", "lzma", "mailbox", "mailcap", "marshal", "math", "mimetypes", "mmap", "modulefinder",
    "msilib", "msvcrt", "multiprocessing", "netrc", "nis", "nntplib", "nt", "ntpath", "nturl2path", "numbers",
    "numpy", "opcode", "operator", "optparse", "os", "ossaudiodev", "pandas", "pathlib", "pdb", "pickle",
    "pickletools", "pipes", "pkgutil", "platform", "plistlib", "poplib", "posix", "posixpath", "pprint",
    "profile", "pstats", "psutil", "pty", "pwd", "py_compile", "pyclbr", "pydoc", "pydoc_data", "pyexpat",
    "pytest", "quopri", "random", "re", "readline", "reprlib", "requests", "resource", "rlcompleter", "runpy",
    "sched", "scipy", "secrets", "select", "shelve", "shlex", "shutil", "site", "smtpd", "smtplib", "sndhdr",
    "socketserver", "spwd", "sqlite3", "sre_compile", "sre_constants", "sre_parse", "ssl", "stat",
    "statistics", "string", "stringprep", "struct", "subprocess", "sunau", "symtable", "sys", "sysconfig",
    "syslog", "tabnanny", "tarfile", "telnetlib", "tempfile", "termios", "textwrap", "timeit", "tkinter",
    "token", "tokenize", "tomllib", "trace", "traceback", "tracemalloc", "trio", "tty", "turtle", "types",
    "typing", "unicodedata", "unittest", "urllib", "uu", "uuid", "uvloop", "venv", "warnings", "wave",
    "weakref", "webbrowser", "winreg", "winsound", "wsgiref", "xdrlib", "xml", "xmlrpc", "yaml", "zipapp",
    "zipfile", "zipimport", "zlib", "zoneinfo",};
  return words;
}
// clang-format on

bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_format_builtin(std::string_view name) {
  return contains(format_functions(), name) || contains(exceptions(), name);
}

bool is_python_builtin(std::string_view name) {
  return is_format_builtin(name) || contains(other_builtins(), name);
}

bool is_format_module(std::string_view name) {
  return std::any_of(format_modules().begin(), format_modules().end(),
                     [&](const Module& module) { return module.name == name; });
}

bool is_format_member(std::string_view module, std::string_view member) {
  return std::any_of(format_modules().begin(), format_modules().end(),
                     [&](const Module& m) { return m.name == module && contains(m.members, member); });
}

bool is_python_module(std::string_view name) {
  return is_format_module(name) || contains(python_modules(), name);
}

}  // namespace loopscope::scenarios
