// Long work under way: what it is, how far it has come, and how to stop it.
#include <algorithm>
#include <cmath>

#include "viz/panels/fit.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

constexpr float kWidth = 560, kHeight = 62, kPad = 14;

/// A bar that fills, or, where nobody knows how far the way is, a piece that wanders.
void draw_bar(Paint& paint, const Rect& r, float share, double clock) {
  const Theme& t = paint.theme();
  paint.rect(r, t.line, r.h / 2);
  if (share >= 0) {
    paint.rect({r.x, r.y, std::max(r.h, r.w * std::min(share, 1.0F)), r.h}, t[Hue::ready].fill, r.h / 2);
    return;
  }
  const auto at = static_cast<float>(0.5 - 0.5 * std::cos(clock * 2));
  const float w = r.w / 5;
  paint.rect({r.x + (r.w - w) * at, r.y, w, r.h}, t[Hue::ready].fill, r.h / 2);
}

}  // namespace

Commands draw_work(const Work& work, const Rect& window, float top, double clock, Paint& paint) {
  const Theme& t = paint.theme();
  const Pointer pointer = read_pointer(false);
  const float w = std::min(paint.s(kWidth), window.w - paint.s(32)), pad = paint.s(kPad);
  const Rect box{std::round(window.center().x - w / 2), std::round(top), std::round(w), paint.s(kHeight)};
  paint.box(box, t.raised, t.strong, paint.s(8));
  const std::string_view stop = "Ctrl . stops it";
  const TextStyle link{12, Face::mono, t[Hue::ready].text, Align::right};
  const float link_width = paint.width(stop, link), base = box.y + paint.s(24);
  const Rect button{box.right() - pad - link_width - paint.s(6), box.y + paint.s(8), link_width + paint.s(12),
                    paint.s(24)};
  const bool over = pointer.over(button);
  if (over) paint.rect(button, t.hover, paint.s(4));
  paint.text(box.right() - pad, base, stop, link);
  const std::string detail = detail_of(work);
  const TextStyle figures{12, Face::mono, t.dim, Align::right};
  const float detail_width = detail.empty() ? 0 : paint.width(detail, figures);
  const float room = button.x - paint.s(10) - box.x - pad;
  const float title = std::max(paint.s(60), room - detail_width - paint.s(12));
  const float used =
      paint.text(box.x + pad, base, title_of(work), {14, Face::semibold, t.text, Align::left, title});
  if (room - used > detail_width + paint.s(10)) paint.text(button.x - paint.s(8), base, detail, figures);
  draw_bar(paint, {box.x + pad, box.bottom() - paint.s(20), box.w - 2 * pad, paint.s(6)}, work.share, clock);
  if (over && pointer.clicked) return {command::CancelWork{}};
  return {};
}

}  // namespace loopscope::viz
