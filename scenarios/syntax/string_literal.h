#pragma once

#include <string>
#include <string_view>

#include "scenarios/syntax/lexer.h"

namespace loopscope::scenarios {

/// The parts of one string token.
struct StringParts {
  bool raw = false, bytes = false, formatted = false;
  std::size_t begin = 0, end = 0;  ///< its contents, between the quotes, in the statement's text
};

StringParts split_string(const Token& token);

/// The value of text[begin, end), escapes resolved, as Python resolves them. A str value
/// is UTF-8, a bytes value raw. Throws SyntaxError.
std::string decode_string(std::string_view text, std::size_t begin, std::size_t end,
                          const StringParts& parts);

}  // namespace loopscope::scenarios
