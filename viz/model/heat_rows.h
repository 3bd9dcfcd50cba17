#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "viz/model/geometry.h"
#include "viz/model/theme.h"

namespace loopscope::viz {

/// A plain rectangle of one colour, packed as the draw list takes it.
struct HeatBar {
  Rect rect;
  std::uint32_t color = 0;
};

/// The bars of all heat rows in sight: tens of thousands in a large run, and the same from frame to
/// frame while nobody zooms, pans or scrolls. So they are kept, and drawn in one go.
class HeatRows {
 public:
  /// What the bars depend on beside the blocks of the lanes (see BlockCache).
  struct Key {
    std::uint64_t blocks = 0;  ///< BlockCache::generation()
    std::uint64_t lanes = 0;   ///< LaneList::generation()
    Rect room;
    float lane_height = 0, scroll = 0;
    ThemeName theme = ThemeName::dark;
    friend bool operator==(const Key&, const Key&) = default;
  };

  /// The bars for `key`; made by `make`, which fills an empty list, unless they are kept.
  template <class Make>
  std::span<const HeatBar> of(const Key& key, Make make) {
    if (!known_ || !(key == key_)) {
      bars_.clear();
      make(bars_);
      key_ = key;
      known_ = true;
    }
    return bars_;
  }

 private:
  Key key_;
  bool known_ = false;
  std::vector<HeatBar> bars_;
};

}  // namespace loopscope::viz
