#include "viz/model/work.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

/// "1 204 331".
std::string grouped(std::uint64_t n) {
  std::string text = std::to_string(n);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), 1, ' ');
  return text;
}

}  // namespace

std::string title_of(const Work& work) {
  return (work.kind == Work::Kind::reading ? "Reading " : "Running ") + work.name;
}

std::string detail_of(const Work& work) {
  std::string text;
  if (work.share >= 0) text = std::to_string(std::lround(std::clamp(work.share, 0.0F, 1.0F) * 100)) + " %";
  if (work.events > 0) text += (text.empty() ? "" : " · ") + grouped(work.events) + " events";
  return text;
}

}  // namespace loopscope::viz
