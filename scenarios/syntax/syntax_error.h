#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope::scenarios {

/// What is wrong with one statement. Thrown inside scenarios/syntax only; parse.h
/// returns it as a value.
struct SyntaxError {
  std::size_t offset = 0;  ///< byte within the statement's string
  std::string message;     ///< what is wrong; what to do
};

/// `text` in quotes, shortened, without control characters: for messages.
std::string in_quotes(std::string_view text);

}  // namespace loopscope::scenarios
