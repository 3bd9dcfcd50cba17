#pragma once

#include <map>
#include <utility>
#include <vector>

#include "viz/model/collapse.h"

namespace loopscope::viz {

/// The blocks of lanes, kept while nobody zooms, pans or resizes and the trace does not
/// grow: then a frame draws what the last one drew, whatever the trace's size.
class BlockCache {
 public:
  /// Forgets everything unless `axis` shows the same part of the same lanes as before;
  /// `version` tells when lanes have changed.
  void begin(std::uint64_t version, std::size_t size, const TimeAxis& axis, float scale) {
    const Key key{version, size, axis.begin(), axis.end(), axis.left(), axis.right(), scale, axis.kind()};
    if (key == key_) return;
    key_ = key;
    blocks_.clear();
  }

  /// collapse(), of spans that stay where they are and are known by their address.
  template <class Span, class Rank>
  const std::vector<Block>& of(std::span<const Span> spans, std::size_t size, const TimeAxis& axis,
                               float min_width, Rank rank) {
    const auto [at, fresh] = blocks_.try_emplace({spans.data(), min_width});
    if (fresh) at->second = collapse(spans, size, axis, min_width, rank);
    return at->second;
  }

 private:
  struct Key {
    std::uint64_t version = 0;
    std::size_t size = 0;
    double begin = 0, end = 0;
    float left = 0, right = 0, scale = 0;
    AxisKind kind = AxisKind::steps;
    friend bool operator==(const Key&, const Key&) = default;
  };
  Key key_;
  std::map<std::pair<const void*, float>, std::vector<Block>> blocks_;
};

}  // namespace loopscope::viz
