#include "viz/export/png.h"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#include <stb/stb_image_write.h>

namespace loopscope::viz {

std::vector<std::uint8_t> encode_png(int width, int height, const std::vector<std::uint8_t>& rgba) {
  std::vector<std::uint8_t> png;
  if (width <= 0 || height <= 0) return png;
  const std::size_t row = static_cast<std::size_t>(width) * 4;
  if (rgba.size() != row * static_cast<std::size_t>(height)) return png;
  const auto append = [](void* out, void* bytes, int count) {
    const auto* begin = static_cast<const std::uint8_t*>(bytes);
    auto& file = *static_cast<std::vector<std::uint8_t>*>(out);
    file.insert(file.end(), begin, begin + count);
  };
  if (!stbi_write_png_to_func(append, &png, width, height, 4, rgba.data(), static_cast<int>(row)))
    png.clear();
  return png;
}

}  // namespace loopscope::viz
