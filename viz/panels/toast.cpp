#include <algorithm>
#include <cmath>

#include "viz/panels/panels.h"

namespace loopscope::viz {

void draw_toast(const Toast& toast, const Rect& window, float bottom, Paint& paint) {
  const Theme& t = paint.theme();
  TextStyle style{14, Face::regular, t.text, Align::left, window.w - paint.s(96)};
  const float text = std::min(paint.width(toast.text, style), std::max(1.0F, style.max_width));
  const float w = text + paint.s(54), h = paint.s(38);
  const Rect box{std::round(window.center().x - w / 2), std::round(bottom - h - paint.s(12)), std::round(w),
                 h};
  const HueColors& hue = t[toast.is_error ? Hue::fail : Hue::ready];
  paint.box(box, t.raised, toast.is_error ? hue.fill : t.strong, paint.s(8));
  paint.glyph(toast.is_error ? Glyph::fail : Glyph::done, {box.x + paint.s(20), box.center().y}, paint.s(5),
              hue.text);
  paint.text(box.x + paint.s(36), box.center().y + paint.s(5), toast.text, style);
}

}  // namespace loopscope::viz
