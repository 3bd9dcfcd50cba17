#include "viz/shell/font_files.h"

// Symbols of fonts.S.in, one pair a file.
extern "C" {
extern const unsigned char loopscope_font_inter_regular[], loopscope_font_inter_regular_end[];
extern const unsigned char loopscope_font_inter_semibold[], loopscope_font_inter_semibold_end[];
extern const unsigned char loopscope_font_inter_bold[], loopscope_font_inter_bold_end[];
extern const unsigned char loopscope_font_mono_regular[], loopscope_font_mono_regular_end[];
extern const unsigned char loopscope_font_mono_semibold[], loopscope_font_mono_semibold_end[];
}

namespace loopscope::viz {
namespace {

FontFile file(const unsigned char* begin, const unsigned char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

const FontFiles& embedded_fonts() {
  static const FontFiles kFiles = {
      file(loopscope_font_inter_regular, loopscope_font_inter_regular_end),
      file(loopscope_font_inter_semibold, loopscope_font_inter_semibold_end),
      file(loopscope_font_inter_bold, loopscope_font_inter_bold_end),
      file(loopscope_font_mono_regular, loopscope_font_mono_regular_end),
      file(loopscope_font_mono_semibold, loopscope_font_mono_semibold_end),
  };
  return kFiles;
}

}  // namespace loopscope::viz
