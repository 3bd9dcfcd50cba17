#include "viz/panels/fonts.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <imgui.h>
#include <imgui_freetype.h>
#include <iterator>

namespace loopscope::viz {
namespace {

struct FaceMetrics {
  float ascent, descent;   ///< of the font's hhea table, in ems
  float sizes[10];         ///< em sizes to bake, unscaled pixels; 0 ends the list
  float program_sizes[6];  ///< those of them that show programs' own texts
};

// What the design uses of each face.
constexpr FaceMetrics kMetrics[kFaces] = {
    {0.96875F, 0.2412F, {12, 13, 14, 16, 18, 20}, {13, 14, 16, 18, 20}},          // Inter Regular
    {0.96875F, 0.2412F, {12, 13, 14, 15, 16, 18}, {12, 13, 14, 15, 16, 18}},      // Inter SemiBold
    {0.96875F, 0.2412F, {12, 14, 16, 17, 18, 20, 28, 34, 40}, {12, 18, 20, 28}},  // Inter Bold
    {1.02F, 0.3F, {12, 13, 14, 16}, {12, 14}},                                    // JetBrains Mono Regular
    {1.02F, 0.3F, {12, 13, 14, 16}, {12}},                                        // JetBrains Mono SemiBold
};

// Western Latin, punctuation, a few signs and arrows: what the viewer itself writes.
constexpr ImWchar kOwnRanges[] = {0x0020, 0x00FF, 0x2010, 0x2027, 0x2032, 0x203A, 0x2190, 0x2199,
                                  0x2212, 0x2212, 0x221E, 0x221E, 0x2260, 0x2265, 0};
// Programs also write all European languages, and draw with lines and blocks.
constexpr ImWchar kProgramRanges[] = {0x0020, 0x017F, 0x0370, 0x045F, 0x2010, 0x2044, 0x20AC, 0x20AC, 0x2190,
                                      0x2199, 0x2200, 0x2265, 0x2500, 0x25CF, 0x2713, 0x2717, 0};

// For characters that a font lacks: a box, as a question mark may be what the program wrote.
constexpr ImWchar kNoGlyph = 0x25A1;

const ImWchar* ranges_for(const FaceMetrics& metrics, float em) {
  const bool program = std::find(std::begin(metrics.program_sizes), std::end(metrics.program_sizes), em) !=
                       std::end(metrics.program_sizes);
  return program ? kProgramRanges : kOwnRanges;
}

/// Advances are whole pixels, which makes Inter's space too narrow to part words at
/// small sizes: it gets its true width rounded up.
void widen_space(ImFont& font, float em_pixels) {
  constexpr float kSpace = 0.27F;  // of an em
  auto* space = const_cast<ImFontGlyph*>(font.FindGlyphNoFallback(' '));
  if (!space) return;
  space->AdvanceX = std::max(space->AdvanceX, std::ceil(kSpace * em_pixels));
  font.IndexAdvanceX[' '] = space->AdvanceX;
}

constexpr float kMonoAdvance = 0.6F;  // of an em
bool is_mono(int face) { return face >= static_cast<int>(Face::mono); }

}  // namespace

void Fonts::build(ImFontAtlas& atlas, const FontFiles& files, float scale) {
  scale_ = scale;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;  // half of the texture would be empty
  atlas.TexDesiredWidth = scale > 2.5F ? 8192 : scale > 1.25F ? 4096 : 2048;
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = config.OversampleV = 1;
  for (int face = 0; face < kFaces; ++face) {
    const FaceMetrics& metrics = kMetrics[face];
    for (int i = 0; i < kMaxSizes; ++i) baked_[face][i] = {};
    for (int i = 0; i < kMaxSizes && metrics.sizes[i] > 0; ++i) {
      const float em = metrics.sizes[i];
      const float size = std::round(em * scale * (metrics.ascent + metrics.descent));
      // The nearest whole pixel of the type's own advance, at every scale: as many columns fit.
      config.GlyphMinAdvanceX = is_mono(face) ? std::round(kMonoAdvance * em * scale) : 0;
      config.GlyphMaxAdvanceX = is_mono(face) ? config.GlyphMinAdvanceX : FLT_MAX;
      // ImGui takes the data as mutable, but does not write to it.
      void* data = const_cast<unsigned char*>(files[face].data);
      ImFont* font = atlas.AddFontFromMemoryTTF(data, static_cast<int>(files[face].size), size, &config,
                                                ranges_for(metrics, em));
      font->FallbackChar = kNoGlyph;
      baked_[face][i] = {em, font, size, 0};
    }
  }
  atlas.Build();
  for (int face = 0; face < kFaces; ++face)
    for (Baked& b : baked_[face]) {
      if (!b.font) continue;
      b.ascent = b.font->Ascent;
      if (!is_mono(face)) widen_space(*b.font, b.em * scale);
    }
}

Fonts::Pick Fonts::pick(Face face, float em) const {
  const Baked* best = &baked_[static_cast<int>(face)][0];
  for (const Baked& b : baked_[static_cast<int>(face)])
    if (b.font && std::abs(b.em - em) < std::abs(best->em - em)) best = &b;
  return {best->font, best->size, best->ascent};
}

}  // namespace loopscope::viz
