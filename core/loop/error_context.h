#pragma once

#include <exception>
#include <string>
#include <string_view>

#include "core/base/any_value.h"
#include "core/base/creation.h"
#include "core/base/ref.h"

namespace loopscope {

/// What an exception handler is told (S20, S71, S78): asyncio's context dictionary. An error
/// that no program code is there to catch, or a task or future that goes in a bad way.
struct ErrorContext {
  std::string message;
  std::exception_ptr error = nullptr;

  /// The thing that it is about, under its name in the context: "handle", "future", "task".
  std::string_view key = {};
  Ref<RefCounted> subject = {};
  std::string subject_text = {};       ///< its repr
  Ref<Creation> creation = {};         ///< where it was made, in debug mode
  Ref<Creation> handle_creation = {};  ///< the same of the handle that ran then

  /// Name of the rule when this is a warning (`never_retrieved` ...); empty: an error.
  std::string_view rule = {};
  /// A context of the program's own making (call_exception_handler), as it gave it.
  AnyValue own = {};
  std::string details = {};  ///< more lines "KEY: REPR", for contexts that have other keys
};

/// The text that asyncio's default handler logs, without the exception's traceback: the
/// message, then a line for each key.
std::string default_log_text(const ErrorContext& context);
/// asyncio's default handler: that text and the error, on standard error. For LoopOptions::on_error.
void log_to_stderr(const ErrorContext& context);

}  // namespace loopscope
