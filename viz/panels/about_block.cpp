// "Why it matters": what the scenario's author says about it, beside a lesson.
#include "viz/panels/rich_text.h"
#include "viz/panels/teaching_panels.h"

namespace loopscope::viz {
namespace {

constexpr float kPad = 16, kHeading = 30, kFoot = 12;

RichStyle style_of(const Paint& paint) {
  const Theme& t = paint.theme();
  return {13, 19, t.dim, t[Hue::ready].text, 6};
}

float height_of(Paint& paint, std::string_view text, float width) {
  const float lines = rich_text(paint, 0, 0, width - paint.s(2 * kPad), text, style_of(paint), 1e9F, false);
  return paint.s(kHeading + 19 + kFoot) + lines;
}

}  // namespace

AboutBlock place_about(const ViewState& view, Paint& paint, float width, float most) {
  if (!view.teaching.on() || view.about.empty()) return {};
  const auto fits = [&](std::string text) {
    const float height = height_of(paint, text, width);
    return height <= most ? AboutBlock{std::move(text), height} : AboutBlock{};
  };
  // What it says may hold the answer: while a question stands, the first sentence only.
  const std::size_t all = view.teaching.asks() ? 0 : view.about.paragraphs.size();
  for (std::size_t count = all; count > 0; --count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += (i ? "\n" : "") + view.about.paragraphs[i];
    if (AboutBlock block = fits(std::move(text)); block.height > 0) return block;
  }
  return fits(view.about.first);
}

void draw_about(const AboutBlock& block, Paint& paint, const Rect& area) {
  if (block.height <= 0) return;
  const float x = area.x + paint.s(kPad), y = area.y + paint.s(20);
  paint.text(x, y, "Why it matters", {13, Face::semibold, paint.theme().text});
  rich_text(paint, x, y + paint.s(21), area.w - paint.s(2 * kPad), block.text, style_of(paint),
            area.bottom());
}

}  // namespace loopscope::viz
