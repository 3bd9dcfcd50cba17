#pragma once

#include <string>
#include <string_view>

#include "scenarios/run/interpreter.h"

/// Helpers for built-ins that read their arguments.
namespace loopscope::scenarios {

/// Takes the keyword argument `name` out; `missing` when it was not given.
inline Value take_keyword(Arguments& arguments, std::string_view name) {
  for (auto at = arguments.keywords.begin(); at != arguments.keywords.end(); ++at) {
    if (at->first != name) continue;
    Value value = std::move(at->second);
    arguments.keywords.erase(at);
    return value;
  }
  return Value::missing();
}

/// TypeError when keyword arguments are left that `function` does not know.
inline void no_more_keywords(Runtime& runtime, const Arguments& arguments, const std::string& function) {
  if (!arguments.keywords.empty())
    type_error(runtime,
               "'" + arguments.keywords[0].first + "' is an invalid keyword argument for " + function + "()");
}

/// TypeError when `function` gets keyword arguments at all.
inline void takes_no_keywords(Runtime& runtime, const Arguments& arguments, const std::string& function) {
  if (!arguments.keywords.empty()) type_error(runtime, function + "() takes no keyword arguments");
}

/// TypeError when there are more than `most` arguments behind the first `self`, keyword arguments with
/// them: in the words of functions in C that know their parameters' names.
inline void takes_at_most(Runtime& runtime, const Arguments& arguments, std::size_t self,
                          const std::string& function, std::size_t most) {
  const std::size_t given = arguments.values.size() - self, all = given + arguments.keywords.size();
  if (all > most)
    type_error(runtime, function + "() takes at most " + std::to_string(most) +
                            (given == 0 ? " keyword argument" : " argument") + (most == 1 ? "" : "s") + " (" +
                            std::to_string(all) + " given)");
}

/// The same, with the words of functions that are written in Python. Lets go of the arguments: no
/// frame has them.
inline void no_unexpected_keywords(Runtime& runtime, Arguments& arguments, const std::string& function) {
  if (arguments.keywords.empty()) return;
  const Arguments gone = std::exchange(arguments, {});
  type_error(runtime, function + "() got an unexpected keyword argument '" + gone.keywords[0].first + "'");
}

/// Argument `index`, given by position or as keyword `name`; `missing` when absent.
inline Value take(Arguments& arguments, std::size_t index, std::string_view name) {
  if (index < arguments.values.size()) return arguments.values[index];
  return take_keyword(arguments, name);
}

inline Value argument_or(const Arguments& arguments, std::size_t index, Value otherwise = {}) {
  const bool given = index < arguments.values.size() && !arguments.values[index].is_missing();
  return given ? arguments.values[index] : otherwise;
}

/// An int argument; TypeError "'str' object cannot be interpreted as an integer".
inline std::int64_t integer_argument(Runtime& runtime, const Value& value) {
  if (!value.is_integral())
    type_error(runtime, "'" + type_name(runtime, value) + "' object cannot be interpreted as an integer");
  return value.as_int();
}

}  // namespace loopscope::scenarios
