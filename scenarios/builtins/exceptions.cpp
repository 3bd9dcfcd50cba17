// The exception types.
#include "scenarios/builtins/exceptions.h"

#include <algorithm>

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/lock_objects.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

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

void init_plain(Interpreter& in, Exception& error, Arguments& args) {
  takes_no_keywords(in, args, error.type().name());
  error.args.assign(args.values.begin() + 1, args.values.end());
}

/// (encoding, object, start, end, reason), checked in that order.
void init_unicode(Interpreter& in, Exception& error, Arguments& args) {
  init_plain(in, error, args);
  const std::vector<Value>& given = error.args;
  if (given.size() != 5)
    type_error(in, "function takes exactly 5 arguments (" + std::to_string(given.size()) + " given)");
  const auto check_text = [&](std::size_t i) {
    if (!text_of(given[i]))
      type_error(in, "argument " + std::to_string(i + 1) + " must be str, not " + type_name(in, given[i]));
  };
  const bool decoding = error.type().is_subtype_of(in.exception_type("UnicodeDecodeError"));
  check_text(0);
  if (!decoding) check_text(1);
  integer_argument(in, given[2]);
  integer_argument(in, given[3]);
  check_text(4);
  if (decoding && !given[1].get_if<Bytes>())
    type_error(in, "a bytes-like object is required, not '" + type_name(in, given[1]) + "'");
}

/// (errno, strerror, filename, winerror, filename2): with a filename, args keeps the first two.
void init_os_error(Interpreter& in, Exception& error, Arguments& args) {
  init_plain(in, error, args);
  const std::size_t given = error.args.size();
  if (given < 3 || given > 5 || error.args[2].is_none()) return;
  if (&error.type() == &in.exception_type("BlockingIOError") && error.args[2].is_number()) return;
  error.set_attribute(in, "filename", error.args[2]);
  if (given == 5 && !error.args[4].is_none()) error.set_attribute(in, "filename2", error.args[4]);
  error.args.resize(2);
}

void init_incomplete_read(Interpreter& in, Exception& error, Arguments& args) {
  take_init_arguments(in, args, "IncompleteReadError", "partial, expected", 2);
  const Value partial = args.values[1], expected = args.values[2];
  const std::string total = expected.is_none() ? "undefined" : repr(in, expected);
  error.args = {make_str(
      in, std::to_string(length(in, partial)) + " bytes read on a total of " + total + " expected bytes")};
  error.set_attribute(in, "partial", partial);
  error.set_attribute(in, "expected", expected);
}

void init_limit_overrun(Interpreter& in, Exception& error, Arguments& args) {
  take_init_arguments(in, args, "LimitOverrunError", "message, consumed", 2);
  error.args = {args.values[1]};
  error.set_attribute(in, "consumed", args.values[2]);
}

struct OwnInit {
  std::string_view type;
  void (*init)(Interpreter&, Exception&, Arguments&);
};
constexpr OwnInit kOwnInits[] = {
    {"UnicodeDecodeError", init_unicode},
    {"UnicodeEncodeError", init_unicode},
    {"OSError", init_os_error},
    {"IncompleteReadError", init_incomplete_read},
    {"LimitOverrunError", init_limit_overrun},
};

Value construct(Interpreter& in, Arguments& args) {
  Type& type = *args.values[0].get_if<Type>();
  if (type.is_program()) {  // its __init__ comes next, and is the only one to fill an OSError
    std::vector<Value> given(args.values.begin() + 1, args.values.end());
    if (type.is_subtype_of(in.exception_type("OSError"))) given.clear();
    return in.make<Exception>(type, std::move(given));
  }
  Ref<Exception> error = in.make<Exception>(specific_type(in, type, args), std::vector<Value>{});
  init_exception(in, *error, args);
  return error;
}

/// BaseExceptionGroup(message, exceptions): values[0] is the type, or a class of the program.
Value construct_group(Interpreter& in, Arguments& args) {
  Type& type = *args.values[0].get_if<Type>();
  takes_no_keywords(in, args, type.name());
  const std::string what = "BaseExceptionGroup.__new__()";
  if (args.values.size() != 3)
    type_error(in,
               what + " takes exactly 2 arguments (" + std::to_string(args.values.size() - 1) + " given)");
  if (!args.values[1].get_if<Str>())
    type_error(in, what + " argument 1 must be str, not " + type_name(in, args.values[1]));
  const Value& given = args.values[2];
  if (!given.get_if<List>() && !given.get_if<Tuple>() && !given.get_if<Str>() && !given.get_if<Bytes>())
    type_error(in, "second argument (exceptions) must be a sequence");
  std::vector<Value> members = collect(in, given);
  if (members.empty()) value_error(in, "second argument (exceptions) must be a non-empty sequence");
  for (std::size_t i = 0; i < members.size(); ++i)
    if (!members[i].get_if<Exception>())
      value_error(in, "Item " + std::to_string(i) + " of second argument (exceptions) is not an exception");
  const Type& exception = in.exception_type("Exception");
  const bool ordinary = std::all_of(members.begin(), members.end(), [&](const Value& one) {
    return in.type_of(one).is_subtype_of(exception);
  });
  Type& group = in.exception_type("ExceptionGroup");
  const bool only_ordinary = type.is_subtype_of(exception);
  if (!ordinary && &type == &group) type_error(in, "Cannot nest BaseExceptions in an ExceptionGroup");
  if (!ordinary && only_ordinary) type_error(in, "Cannot nest BaseExceptions in '" + type.name() + "'");
  Type& made = ordinary && &type == &in.exception_type("BaseExceptionGroup") ? group : type;
  Ref<Exception> error = in.make<Exception>(made, std::vector<Value>{args.values[1], given});
  error->grouped = new_tuple(in, std::move(members));
  return error;
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
    {"", "BaseExceptionGroup", "", "BaseException", construct_group},
    {"", "ExceptionGroup", "", "BaseExceptionGroup", construct_group},
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
    {"asyncio", "BrokenBarrierError", "asyncio.exceptions", "RuntimeError", construct},
    {"asyncio", "QueueEmpty", "asyncio.queues", "Exception", construct},
    {"asyncio", "QueueFull", "asyncio.queues", "Exception", construct},
    {"asyncio", "IncompleteReadError", "asyncio.exceptions", "EOFError", construct},
    {"asyncio", "LimitOverrunError", "asyncio.exceptions", "Exception", construct},
    {"-", "gaierror", "socket", "OSError", construct},
};

}  // namespace

void init_exception(Interpreter& in, Exception& error, Arguments& args) {
  for (const OwnInit& own : kOwnInits)
    if (error.type().is_subtype_of(in.exception_type(own.type))) return own.init(in, error, args);
  init_plain(in, error, args);
}

std::span<const TypeRow> exception_types() { return kTypes; }

}  // namespace loopscope::scenarios
