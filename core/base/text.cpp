#include "core/base/text.h"

#include <cstdint>

namespace loopscope {
namespace {

/// Bytes of the sequence that begins with `lead`; 0: none can.
std::size_t width_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

}  // namespace

bool is_text(std::string_view bytes) {
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const std::size_t width = width_of(lead);
    if (width == 0 || width > bytes.size() - at) return false;
    std::uint32_t code = width == 1 ? lead : lead & (0x7fU >> width);
    for (std::size_t i = 1; i < width; ++i) {
      const auto next = static_cast<unsigned char>(bytes[at + i]);
      if ((next & 0xc0) != 0x80) return false;
      code = code << 6 | (next & 0x3fU);
    }
    if (code < kSmallest[width] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
    at += width;
  }
  return true;
}

}  // namespace loopscope
