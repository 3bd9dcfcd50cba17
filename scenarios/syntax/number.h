#pragma once

#include <string_view>

#include "scenarios/syntax/lexer.h"

namespace loopscope::scenarios {

/// The numeric literal that begins at `begin` in text[0, end). Throws SyntaxError.
Token scan_number(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace loopscope::scenarios
