#include "core/base/errors.h"

#include "core/base/repr.h"

#if __has_include(<cxxabi.h>)
#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#endif

namespace loopscope {

std::string type_name_of(const std::type_info& type) {
#if __has_include(<cxxabi.h>)
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), std::free);
  if (status == 0) return name.get();
#endif
  return type.name();
}

namespace {

/// What `of_program` says of a program's error, `of_standard` of a C++ one, `otherwise` of anything else.
template <class Answer, class OfProgram, class OfStandard>
Answer ask(const std::exception_ptr& error, OfProgram of_program, OfStandard of_standard, Answer otherwise) {
  if (!error) return otherwise;
  try {
    std::rethrow_exception(error);
  } catch (const ProgramError& e) {
    return of_program(e);
  } catch (const std::exception& e) {
    return of_standard(e);
  } catch (...) {
    return otherwise;
  }
}

constexpr const char* kUnknown = "exception";

}  // namespace

std::string ProgramError::repr() const {
  const std::string text = message();
  return std::string(type_name()) + "(" + (text.empty() ? "" : repr_of_text(text)) + ")";
}

const char* ProgramError::what() const noexcept {
  try {
    what_ = std::string(type_name());
    if (const std::string text = message(); !text.empty()) what_ += ": " + text;
    return what_.c_str();
  } catch (...) {
    return "ProgramError";
  }
}

ErrorCategory CoreError::category() const {
  switch (type_) {
    case Type::CancelledError:
      return ErrorCategory::cancelled;
    case Type::KeyboardInterrupt:
      return ErrorCategory::keyboard_interrupt;
    case Type::SystemExit:
      return ErrorCategory::system_exit;
    default:
      return ErrorCategory::ordinary;
  }
}

std::string_view CoreError::type_name() const {
  switch (type_) {
    case Type::CancelledError:
      return "CancelledError";
    case Type::InvalidStateError:
      return "InvalidStateError";
    case Type::TimeoutError:
      return "TimeoutError";
    case Type::RuntimeError:
      return "RuntimeError";
    case Type::TypeError:
      return "TypeError";
    case Type::ValueError:
      return "ValueError";
    case Type::KeyboardInterrupt:
      return "KeyboardInterrupt";
    case Type::SystemExit:
      return "SystemExit";
    case Type::RecursionError:
      return "RecursionError";
    case Type::AssertionError:
      return "AssertionError";
    case Type::BrokenBarrierError:
      return "BrokenBarrierError";
    case Type::QueueEmpty:
      return "QueueEmpty";
    case Type::QueueFull:
      return "QueueFull";
  }
  return "?";
}

std::string CoreError::full_name() const {
  const std::string name(type_name());
  switch (type_) {
    case Type::CancelledError:
    case Type::InvalidStateError:
    case Type::BrokenBarrierError:
      return "asyncio.exceptions." + name;
    case Type::QueueEmpty:
    case Type::QueueFull:
      return "asyncio.queues." + name;
    default:
      return name;
  }
}

std::string CoreError::repr() const {
  return std::string(type_name()) + "(" + (has_argument_ ? repr_of_text(message_) : "") + ")";
}

ErrorGroup::ErrorGroup(std::string title, std::vector<std::exception_ptr> errors)
    : title_(std::move(title)), errors_(std::move(errors)), type_name_("ExceptionGroup") {
  for (const std::exception_ptr& error : errors_)
    if (category_of(error) != ErrorCategory::ordinary) type_name_ = "BaseExceptionGroup";
}

std::string ErrorGroup::message() const {
  return title_ + " (" + std::to_string(errors_.size()) + " sub-exception" +
         (errors_.size() == 1 ? ")" : "s)");
}

std::string ErrorGroup::repr() const {
  std::string text = std::string(type_name_) + "(" + repr_of_text(title_) + ", [";
  for (std::size_t i = 0; i < errors_.size(); ++i) text += (i > 0 ? ", " : "") + repr_of(errors_[i]);
  return text + "])";
}

ErrorCategory category_of(const std::exception_ptr& error) {
  return ask(
      error, [](const ProgramError& e) { return e.category(); },
      [](const std::exception&) { return ErrorCategory::ordinary; }, ErrorCategory::ordinary);
}

std::string type_name_of(const std::exception_ptr& error) {
  return ask<std::string>(
      error, [](const ProgramError& e) { return std::string(e.type_name()); },
      [](const std::exception& e) { return type_name_of(typeid(e)); }, kUnknown);
}

std::string repr_of(const std::exception_ptr& error) {
  return ask<std::string>(
      error, [](const ProgramError& e) { return e.repr(); },
      [](const std::exception& e) { return type_name_of(typeid(e)) + "(" + repr_of_text(e.what()) + ")"; },
      std::string(kUnknown) + "()");
}

bool leaves_the_loop(const std::exception_ptr& error) {
  const ErrorCategory category = category_of(error);
  return category == ErrorCategory::keyboard_interrupt || category == ErrorCategory::system_exit;
}

bool is_cancellation(const std::exception_ptr& error) {
  return category_of(error) == ErrorCategory::cancelled;
}

std::exception_ptr make_cancelled_error(const std::optional<std::string>& message) {
  return std::make_exception_ptr(message ? CoreError(CoreError::Type::CancelledError, *message)
                                         : CoreError(CoreError::Type::CancelledError));
}

std::string describe(const std::exception_ptr& error) {
  const std::string message = ask<std::string>(
      error, [](const ProgramError& e) { return e.message(); },
      [](const std::exception& e) { return std::string(e.what()); }, "");
  const std::string name = ask<std::string>(
      error, [](const ProgramError& e) { return e.full_name(); },
      [](const std::exception& e) { return type_name_of(typeid(e)); }, kUnknown);
  return message.empty() ? name : name + ": " + message;
}

}  // namespace loopscope
