#pragma once

#include <string_view>

namespace loopscope {

/// True when `bytes` are valid UTF-8.
bool is_text(std::string_view bytes);

}  // namespace loopscope
