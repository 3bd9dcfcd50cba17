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

/// A name as "wor… 34", "handle…made": what stands before the ellipsis gives way.
struct SplitName {
  std::string_view head, tail;
};

/// A name's end tells it from its like: a number, the last word, what stands behind an ellipsis.
SplitName split_name(std::string_view name) {
  constexpr std::string_view kDots = "…";
  if (const std::size_t dots = name.rfind(kDots); dots != std::string_view::npos)
    return {name.substr(0, dots), name.substr(dots + kDots.size())};
  if (const std::size_t space = name.rfind(' '); space != std::string_view::npos)
    return {name.substr(0, space), name.substr(space)};
  std::size_t number = name.size();  // "3", "0_3"
  const auto digit = [&](std::size_t i) { return name[i] >= '0' && name[i] <= '9'; };
  while (number > 0 && (digit(number - 1) ||
                        (name[number - 1] == '_' && number < name.size() && number > 1 && digit(number - 2))))
    --number;
  if (number < name.size()) return {name.substr(0, number), name.substr(number)};
  if (const std::size_t word = name.find_last_of("_.-"); word != std::string_view::npos)
    return {name.substr(0, word), name.substr(word + 1)};
  return {name, {}};
}

template <class Width>
std::string fit(std::string_view name, float max, Width width) {
  if (width(std::string(name)) <= max) return std::string(name);
  const auto [head, tail] = split_name(name);
  if (tail.empty()) return cut_to(name, max, width);
  for (std::size_t keep = head.size(); keep-- > 0;) {
    if ((static_cast<unsigned char>(head[keep]) & 0xC0) == 0x80) continue;
    const std::string text = std::string(head.substr(0, keep)) + "…" + std::string(tail);
    if (width(text) <= max) return keep > 0 || tail.front() != ' ' ? text : "…" + std::string(tail.substr(1));
  }
  return cut_to(name, max, width);
}

}  // namespace

std::string name_tail(std::string_view name) {
  if (name.find("…") == std::string_view::npos) return std::string(name);
  const std::string_view tail = split_name(name).tail;
  const std::size_t word = std::min(tail.find_first_not_of(' '), tail.size());
  return tail.empty() ? std::string(name) : "…" + std::string(tail.substr(word));
}

std::vector<std::string> two_rows(const Paint& paint, std::string_view name, const TextStyle& style,
                                  float max) {
  const auto fits = [&](std::string_view text) { return paint.width(text, style) <= max; };
  if (fits(name)) return {std::string(name)};
  if (name.ends_with("…")) {  // its end is lost already: as much of its beginning as there is room for
    std::size_t gap = 0;
    for (std::size_t i = 1; i < name.size(); ++i)
      if (name[i] == ' ' && fits(name.substr(0, i))) gap = i;
    const auto cut = [&](std::string_view text) {
      return cut_to(text, max, [&](const std::string& shown) { return paint.width(shown, style); });
    };
    if (gap == 0) return {cut(name)};
    return {std::string(name.substr(0, gap)), cut(name.substr(gap + 1))};
  }
  // Between words rather than in them, and whole rather than cut. The last row is as long as it may be, so
  // that the first loses least.
  constexpr std::size_t kLeast = 3;
  for (const auto& [space, whole] : {std::pair{true, true}, {false, true}, {true, false}, {false, false}})
    for (std::size_t i = kLeast; i < name.size(); ++i) {
      const bool joint = name[i - 1] == '_' || name[i - 1] == '.' || name[i - 1] == '-';
      if (space ? name[i] != ' ' : !joint) continue;
      const std::string_view first = name.substr(0, i), last = name.substr(space ? i + 1 : i);
      if (last.empty() || !fits(last) || (whole && !fits(first))) continue;
      if (whole) return {std::string(first), std::string(last)};
      return {fit_name(paint, first.substr(0, i - (space ? 0 : 1)), style, max), std::string(last)};
    }
  return {fit_name(paint, name, style, max)};
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

std::string with_grouped_numbers(std::string text) {
  for (const std::string_view word : {"teration ", "turn ", "Turn ", "event ", "events "})
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const std::size_t from = at + word.size();
      const std::size_t end = std::min(text.find_first_not_of("0123456789", from), text.size());
      // Of "1745" and more: below 1 000 there is nothing to group, and longer ones are no counts.
      for (std::size_t i = end; end - from < 16 && i > from + 3;) text.insert(i -= 3, " ");
    }
  return text;
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
