#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loopscope::viz {

/// What a scenario's author says about it, for reading beside a lesson.
struct About {
  std::string first;                    ///< its first sentence: names the matter, gives no answer away
  std::vector<std::string> paragraphs;  ///< all of it; backticks hold code
  bool empty() const { return paragraphs.empty(); }
};

/// Takes `markdown` apart: emphasis is dropped, items of a list become paragraphs with a bullet.
About read_about(std::string_view markdown);

}  // namespace loopscope::viz
