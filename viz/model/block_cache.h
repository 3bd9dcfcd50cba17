#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "viz/model/collapse.h"
#include "viz/model/instants.h"

namespace loopscope::viz {

/// An instant, and where it begins and ends on an axis.
struct SeenInstant {
  Instant instant;
  float x0 = 0, x1 = 0;
};

/// A piece of the clock strip: an instant and the time until the next one, or, `dense`, many of
/// them in a few pixels.
struct StripPiece {
  Instant instant;
  std::int64_t next_ts = 0;
  float x0 = 0, x1 = 0;
  bool dense = false;
};

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
    ++generation_;
    blocks_.clear();
    instants_.clear();
    strip_.reset();
    arrows_.reset();
  }

  /// Changes whenever the blocks do.
  std::uint64_t generation() const { return generation_; }

  /// collapse(), of spans that stay where they are and are known by their address.
  template <class Span, class Rank>
  const std::vector<Block>& of(std::span<const Span> spans, std::size_t size, const TimeAxis& axis,
                               float min_width, Rank rank) {
    const auto [at, fresh] = blocks_.try_emplace({spans.data(), min_width});
    if (fresh) at->second = collapse(spans, size, axis, min_width, rank);
    return at->second;
  }
  /// The same, with what each block looks like chosen by `shown(first, last)`.
  template <class Span, class Rank, class Shown>
  const std::vector<Block>& of(std::span<const Span> spans, std::size_t size, const TimeAxis& axis,
                               float min_width, Rank rank, Shown shown) {
    const auto [at, fresh] = blocks_.try_emplace({spans.data(), min_width});
    if (fresh) {
      at->second = collapse(spans, size, axis, min_width, rank);
      for (Block& block : at->second) block.shown = shown(block.first, block.last);
    }
    return at->second;
  }

  /// The instants in sight of `axis`; ones narrower than `min_width` pixels are passed over
  /// together.
  const std::vector<SeenInstant>& instants(const traces::TraceStore& store, std::size_t size,
                                           const TimeAxis& axis, float min_width);
  /// The pieces of the clock strip, made by `make` when they are not kept.
  template <class Make>
  const std::vector<StripPiece>& strip(Make make) {
    if (!strip_) strip_ = make();
    return *strip_;
  }
  /// The wake-ups that get an arrow, chosen by `make` when they are not kept.
  template <class Make>
  const std::vector<std::size_t>& arrows(Make make) {
    if (!arrows_) arrows_ = make();
    return *arrows_;
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
  std::uint64_t generation_ = 0;
  std::map<std::pair<const void*, float>, std::vector<Block>> blocks_;
  std::map<float, std::vector<SeenInstant>> instants_;  // by min_width
  std::optional<std::vector<StripPiece>> strip_;
  std::optional<std::vector<std::size_t>> arrows_;
};

}  // namespace loopscope::viz
