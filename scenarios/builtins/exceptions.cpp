// The exception types.
#include "scenarios/builtins/registry.h"

namespace loopscope::scenarios {
namespace {

struct ErrnoType {
  std::int64_t number;
  std::string_view type;
};
constexpr ErrnoType kErrnoTypes[] = {
    {1, "PermissionError"},          {2, "FileNotFoundError"},  {3, "ProcessLookupError"},
    {4, "InterruptedError"},         {10, "ChildProcessError"}, {11, "BlockingIOError"},
    {13, "PermissionError"},         {17, "FileExistsError"},   {20, "NotADirectoryError"},
    {21, "IsADirectoryError"},       {32, "BrokenPipeError"},   {103, "ConnectionAbortedError"},
    {104, "ConnectionResetError"},   {108, "BrokenPipeError"},  {110, "TimeoutError"},
    {111, "ConnectionRefusedError"}, {114, "BlockingIOError"},  {115, "BlockingIOError"},
};

/// OSError(2, ...) is a FileNotFoundError.
Type& specific_type(Interpreter& in, Type& type, const Arguments& args) {
  if (&type != &in.exception_type("OSError") || args.values.size() < 3 || !args.values[1].is_int())
    return type;
  for (const ErrnoType& row : kErrnoTypes)
    if (row.number == args.values[1].as_int()) return in.exception_type(row.type);
  return type;
}

Value construct(Interpreter& in, Arguments& args) {
  Type& type = *args.values[0].get_if<Type>();
  if (!args.keywords.empty()) type_error(in, type.name() + "() takes no keyword arguments");
  std::vector<Value> values(args.values.begin() + 1, args.values.end());
  return in.make<Exception>(specific_type(in, type, args), std::move(values));
}

constexpr TypeRow exception(std::string_view name, std::string_view base) {
  return {"", name, "", base, construct};
}

constexpr TypeRow kTypes[] = {
    exception("BaseException", "object"),
    exception("SystemExit", "BaseException"),
    exception("KeyboardInterrupt", "BaseException"),
    exception("GeneratorExit", "BaseException"),
    exception("Exception", "BaseException"),
    exception("StopIteration", "Exception"),
    exception("StopAsyncIteration", "Exception"),
    exception("ArithmeticError", "Exception"),
    exception("FloatingPointError", "ArithmeticError"),
    exception("OverflowError", "ArithmeticError"),
    exception("ZeroDivisionError", "ArithmeticError"),
    exception("AssertionError", "Exception"),
    exception("AttributeError", "Exception"),
    exception("BufferError", "Exception"),
    exception("EOFError", "Exception"),
    exception("ImportError", "Exception"),
    exception("ModuleNotFoundError", "ImportError"),
    exception("LookupError", "Exception"),
    exception("IndexError", "LookupError"),
    exception("KeyError", "LookupError"),
    exception("MemoryError", "Exception"),
    exception("NameError", "Exception"),
    exception("UnboundLocalError", "NameError"),
    exception("OSError", "Exception"),
    exception("BlockingIOError", "OSError"),
    exception("ChildProcessError", "OSError"),
    exception("ConnectionError", "OSError"),
    exception("BrokenPipeError", "ConnectionError"),
    exception("ConnectionAbortedError", "ConnectionError"),
    exception("ConnectionRefusedError", "ConnectionError"),
    exception("ConnectionResetError", "ConnectionError"),
    exception("FileExistsError", "OSError"),
    exception("FileNotFoundError", "OSError"),
    exception("InterruptedError", "OSError"),
    exception("IsADirectoryError", "OSError"),
    exception("NotADirectoryError", "OSError"),
    exception("PermissionError", "OSError"),
    exception("ProcessLookupError", "OSError"),
    exception("TimeoutError", "OSError"),
    exception("ReferenceError", "Exception"),
    exception("RuntimeError", "Exception"),
    exception("NotImplementedError", "RuntimeError"),
    exception("RecursionError", "RuntimeError"),
    exception("SyntaxError", "Exception"),
    exception("SystemError", "Exception"),
    exception("TypeError", "Exception"),
    exception("ValueError", "Exception"),
    exception("UnicodeError", "ValueError"),
    exception("UnicodeDecodeError", "UnicodeError"),
    exception("UnicodeEncodeError", "UnicodeError"),
    exception("Warning", "Exception"),
    exception("RuntimeWarning", "Warning"),
    exception("DeprecationWarning", "Warning"),
    exception("ResourceWarning", "Warning"),
    exception("UserWarning", "Warning"),
    {"asyncio", "CancelledError", "asyncio.exceptions", "BaseException", construct},
    {"asyncio", "InvalidStateError", "asyncio.exceptions", "Exception", construct},
};

}  // namespace

std::span<const TypeRow> exception_types() { return kTypes; }

}  // namespace loopscope::scenarios
