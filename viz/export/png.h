#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loopscope::viz {

/// `rgba` (top-down rows of `width` x `height` pixels) as the bytes of a PNG file.
/// Equal pictures give equal bytes. Empty when the sizes do not fit together.
std::vector<std::uint8_t> encode_png(int width, int height, const std::vector<std::uint8_t>& rgba);

}  // namespace loopscope::viz
