#include "viz/model/contrast.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

double channel(Color c, int shift) { return static_cast<double>(c.rgb >> shift & 255); }

double linear(double value) {
  value /= 255;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Color c) {
  return 0.2126 * linear(channel(c, 16)) + 0.7152 * linear(channel(c, 8)) + 0.0722 * linear(channel(c, 0));
}

}  // namespace

double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Color over(Color top, Color under) {
  std::uint32_t rgb = 0;
  for (const int shift : {16, 8, 0}) {
    const double mixed = channel(top, shift) * top.alpha + channel(under, shift) * (1 - top.alpha);
    rgb |= static_cast<std::uint32_t>(std::lround(mixed)) << shift;
  }
  return {rgb, 1};
}

Color readable_on(const Theme& theme, Color wished, Color ground) {
  for (const float share : {0.0F, 0.2F, 0.4F, 0.6F, 0.8F})
    if (const Color mixed = over(theme.text.with_alpha(share), wished); contrast(mixed, ground) >= kReadable)
      return mixed;
  return theme.text;
}

}  // namespace loopscope::viz
