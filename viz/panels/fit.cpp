#include "viz/panels/fit.h"

#include <imgui.h>

namespace loopscope::viz {

namespace {

/// `name` cut from its end, with an ellipsis, until `width(name)` is at most `max`.
template <class Width>
std::string cut_to(std::string_view name, float max, Width width) {
  std::string text(name);
  while (!name.empty() && width(text) > max) {
    std::size_t last = name.size() - 1;  // where the last code point begins
    while (last > 0 && (static_cast<unsigned char>(name[last]) & 0xC0) == 0x80) --last;
    name = name.substr(0, last);
    text = std::string(name) + "…";
  }
  return text;
}

template <class Width>
std::string fit(std::string_view name, float max, Width width) {
  if (width(std::string(name)) <= max) return std::string(name);
  const std::string tail = name_tail(name);
  if (width(tail) <= max && tail != name) return tail;
  // "wor… 34": the number tells it from its like, so the word gives way.
  const std::size_t space = name.rfind(' ');
  if (space == std::string_view::npos || name.find("… ") != std::string_view::npos)
    return cut_to(name, max, width);
  const std::string end(name.substr(space));
  for (std::size_t keep = space; keep-- > 0;) {
    if ((static_cast<unsigned char>(name[keep]) & 0xC0) == 0x80) continue;
    const std::string text = std::string(name.substr(0, keep)) + "…" + end;
    if (width(text) <= max) return keep == 0 ? "…" + end.substr(1) : text;
  }
  return cut_to(name, max, width);
}

}  // namespace

std::string name_tail(std::string_view name) {
  constexpr std::string_view kCut = "… ";
  const std::size_t dots = name.rfind(kCut);
  return dots == std::string_view::npos ? std::string(name)
                                        : "…" + std::string(name.substr(dots + kCut.size()));
}

std::string fit_name(const Paint& paint, std::string_view name, const TextStyle& style, float max) {
  return fit(name, max, [&](const std::string& text) { return paint.width(text, style); });
}

std::string fit_badge(const Paint& paint, std::string_view name, float max, float height) {
  return fit(name, max, [&](const std::string& text) { return paint.badge_width(text, height); });
}

std::string_view first_fitting(const Paint& paint, std::initializer_list<std::string_view> texts,
                               const TextStyle& style, float max) {
  for (const std::string_view text : texts)
    if (paint.width(text, style) <= max) return text;
  return {};
}

std::string grouped(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), " ");
  return digits;
}

std::vector<std::string> wrapped_words(const Paint& paint, std::string_view text, const TextStyle& style,
                                       float w, std::size_t most) {
  std::vector<std::string> lines{""};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word(text.substr(at, stop - at));
    std::string& line = lines.back();
    if (line.empty())
      line = word;
    else if (paint.width(line + " " + word, style) <= w)
      line += " " + word;
    else if (lines.size() < most)
      lines.push_back(word);
    else {
      line += " " + word;  // drawn cut
      return lines;
    }
    if (stop < text.size() && text[stop] == '\n' && lines.size() < most) lines.emplace_back();
    at = stop + 1;
  }
  return lines;
}

void draw_scroll_bar(Paint& paint, const Rect& view, float content, float scroll) {
  if (content <= view.h + 0.5F || view.empty()) return;
  const float h = std::max(paint.s(18), view.h * view.h / content);
  const float y = view.y + (view.h - h) * std::clamp(scroll / (content - view.h), 0.0F, 1.0F);
  paint.rect({view.right() - paint.s(7), y + paint.s(1), paint.s(4), h - paint.s(2)}, paint.theme().strong,
             paint.s(2));
}

void offer_hint(ViewState& view, const Rect& at, std::string text, std::string key) {
  view.next_hint = HoverHint{std::move(text), std::move(key), at};
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

void draw_row_focus(Paint& paint, const Rect& row) {
  paint.rect({row.x + paint.s(4), row.y + paint.s(1), row.w - paint.s(8), row.h - paint.s(2)}, {0, 0},
             paint.s(6), {paint.theme().focus, paint.s(2)});
}

Pointer read_pointer(bool blocked) {
  if (blocked) return {.at = {-1, -1}, .pressed_at = {-1, -1}, .delta = {}};
  const ImGuiIO& io = ImGui::GetIO();
  const auto vec = [](const ImVec2& v) { return Vec2{v.x, v.y}; };
  return {.at = vec(io.MousePos),
          .pressed_at = vec(io.MouseClickedPos[0]),
          .delta = vec(io.MouseDelta),
          .clicked = io.MouseClicked[0],
          .double_clicked = io.MouseDoubleClicked[0],
          .down = io.MouseDown[0],
          .released = io.MouseReleased[0],
          .dragged = io.MouseDragMaxDistanceSqr[0] > 16,
          .wheel = io.MouseWheel,
          .shift = io.KeyShift,
          .ctrl = io.KeyCtrl};
}

}  // namespace loopscope::viz
