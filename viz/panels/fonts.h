#pragma once

#include <cstdint>
#include <span>

struct ImFont;
struct ImFontAtlas;

namespace loopscope::viz {

enum class Face : std::uint8_t { regular, semibold, bold, mono, mono_semibold };
inline constexpr int kFaces = 5;

/// The bytes of an embedded font file.
struct FontFile { const unsigned char* data; std::size_t size; };
using FontFiles = FontFile[kFaces];

/// Every face at every size that the design uses, baked for one UI scale.
class Fonts {
 public:
  /// Adds the fonts to `atlas`; the atlas must be rebuilt after. `files` must live on.
  void build(ImFontAtlas& atlas, const FontFiles& files, float scale);

  struct Pick { ImFont* font; float size; float ascent; };  ///< size as ImGui counts it, ascent in pixels
  /// The baked font nearest to `em` (unscaled pixels) of `face`.
  Pick pick(Face face, float em) const;
  float scale() const { return scale_; }

 private:
  static constexpr int kMaxSizes = 10;
  struct Baked { float em = 0; ImFont* font = nullptr; float size = 0, ascent = 0; };
  Baked baked_[kFaces][kMaxSizes];
  float scale_ = 1;
};

}  // namespace loopscope::viz
