#include "viz/panels/fonts.h"

#include <imgui.h>
#include <imgui_freetype.h>

#include <cmath>

namespace loopscope::viz {
namespace {

struct FaceMetrics {
  float ascent, descent;  ///< of the font's hhea table, in ems
  float sizes[10];        ///< em sizes to bake, unscaled pixels; 0 ends the list
};

// What the design uses of each face.
constexpr FaceMetrics kMetrics[kFaces] = {
    {0.96875F, 0.2412F, {12, 13, 14, 16, 18, 20}},           // Inter Regular
    {0.96875F, 0.2412F, {12, 13, 14, 15, 16, 18}},           // Inter SemiBold
    {0.96875F, 0.2412F, {12, 14, 17, 18, 20, 28, 34, 40}},   // Inter Bold
    {1.02F, 0.3F, {12, 13, 14, 16}},                         // JetBrains Mono Regular
    {1.02F, 0.3F, {12, 13, 14, 16}},                         // JetBrains Mono SemiBold
};

// Latin, Greek and Cyrillic for programs' own texts; punctuation, arrows, a few signs.
constexpr ImWchar kRanges[] = {0x0020, 0x024F, 0x0370, 0x04FF, 0x2000, 0x206F, 0x20A0, 0x20BF,
                               0x2190, 0x21FF, 0x2200, 0x22FF, 0x2500, 0x25FF, 0};

}  // namespace

void Fonts::build(ImFontAtlas& atlas, const FontFiles& files, float scale) {
  scale_ = scale;
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas.TexDesiredWidth = scale > 1.5F ? 4096 : 2048;
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.OversampleH = config.OversampleV = 1;
  for (int face = 0; face < kFaces; ++face) {
    const FaceMetrics& metrics = kMetrics[face];
    for (int i = 0; i < kMaxSizes; ++i) baked_[face][i] = {};
    for (int i = 0; i < kMaxSizes && metrics.sizes[i] > 0; ++i) {
      const float em = metrics.sizes[i];
      const float size = std::round(em * scale * (metrics.ascent + metrics.descent));
      // ImGui takes the data as mutable, but does not write to it.
      void* data = const_cast<unsigned char*>(files[face].data);
      ImFont* font = atlas.AddFontFromMemoryTTF(data, static_cast<int>(files[face].size), size, &config, kRanges);
      baked_[face][i] = {em, font, size, 0};
    }
  }
  atlas.Build();
  for (auto& face : baked_)
    for (Baked& b : face)
      if (b.font) b.ascent = b.font->Ascent;
}

Fonts::Pick Fonts::pick(Face face, float em) const {
  const Baked* best = &baked_[static_cast<int>(face)][0];
  for (const Baked& b : baked_[static_cast<int>(face)])
    if (b.font && std::abs(b.em - em) < std::abs(best->em - em)) best = &b;
  return {best->font, best->size, best->ascent};
}

}  // namespace loopscope::viz
