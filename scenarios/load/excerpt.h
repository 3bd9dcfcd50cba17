#pragma once

#include <string>
#include <string_view>

#include "scenarios/syntax/source.h"

namespace loopscope::scenarios {

/// The line of `text` that holds `pos`, indented, and below it carets under the word that
/// stands there: two lines, or nothing when there is no such line. Of a long line the part
/// around the place.
std::string excerpt(std::string_view text, SourcePos pos);

}  // namespace loopscope::scenarios
