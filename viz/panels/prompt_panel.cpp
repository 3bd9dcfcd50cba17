// The one-line prompt: at the right for search, so that loop and timeline stay in view; in the middle for
// the rest.
#include <cmath>
#include <fmt/format.h>
#include <imgui.h>

#include "viz/model/prompt.h"
#include "viz/panels/fit.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

constexpr float kField = 40, kRow = 32, kGroup = 24, kPad = 14, kFoot = 34;

std::string_view title_of_prompt(PromptKind kind) {
  switch (kind) {
    case PromptKind::search:
      return "Search";
    case PromptKind::palette:
      return "Command";
    case PromptKind::breakpoint:
      return "Stop at";
    case PromptKind::bookmark:
      return "Bookmark";
    case PromptKind::save_as:
      return "Save as";
    case PromptKind::open:
      return "Open";
    case PromptKind::filter:
      break;
  }
  return "Lanes";
}

Rect place_of(const Rect& window, const Paint& paint, PromptKind kind) {
  const float w = std::min(paint.s(kind == PromptKind::search ? 420 : 560), window.w - paint.s(16));
  if (kind == PromptKind::search) return {window.right() - w - paint.s(8), paint.s(8), w, 0};
  return {std::round(window.center().x - w / 2), std::round(window.h * 0.14F), w, 0};
}

void draw_field(const Prompt& prompt, Paint& paint, const Rect& field) {
  const Theme& t = paint.theme();
  paint.rect(field, t.bg, paint.s(6), {t.focus, paint.s(2)});
  const float base = field.center().y + paint.s(5);
  float x = field.x + paint.s(12);
  x += paint.text(x, base, title_of_prompt(prompt.kind()), {13, Face::semibold, t.faint}) + paint.s(10);
  const TextStyle note{12, Face::regular, t.faint, Align::right};
  const std::string_view right = prompt.kind() == PromptKind::search && !prompt.text().empty()
                                     ? std::string_view(prompt.note())
                                     : std::string_view();
  const float used =
      right.empty() ? 0 : paint.text(field.right() - paint.s(12), base, right, note) + paint.s(8);
  const float room = field.right() - paint.s(14) - used - x;
  TextStyle style{15, Face::mono, t.text};
  // The end of a long text stays in sight.
  std::string_view text = prompt.text();
  while (!text.empty() && paint.width(text, style) > room) {
    text.remove_prefix(1);
    while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0) == 0x80) text.remove_prefix(1);
  }
  const float w = paint.text(x, base, text, style);
  paint.rect({x + w + paint.s(1), field.y + paint.s(10), paint.s(1.6F), field.h - paint.s(20)}, t.text);
}

/// First item that is shown, so that the chosen one is.
std::size_t first_shown(const Prompt& prompt, std::size_t rows) {
  return prompt.chosen() >= rows ? prompt.chosen() - rows + 1 : 0;
}

void draw_item(Paint& paint, const PromptItem& item, const Rect& r, bool chosen, bool over) {
  const Theme& t = paint.theme();
  if (chosen) paint.box(r, t.selection, t[Hue::ready].fill, paint.s(6));
  if (over && !chosen) paint.rect(r, t.hover, paint.s(6));
  const float base = r.center().y + paint.s(4.8F);
  const float used = paint.text(r.right() - paint.s(10), base, item.detail,
                                {12, Face::mono, t.dim, Align::right, r.w * 0.45F});
  paint.text(r.x + paint.s(12), base, item.title,
             {14, Face::regular, t.text, Align::left, r.w - used - paint.s(34)});
}

/// The wheel goes through the items, and stops at their ends.
void turn(Prompt& prompt, float wheel) {
  if (wheel == 0 || prompt.items().empty()) return;
  const auto last = static_cast<float>(prompt.items().size() - 1), now = static_cast<float>(prompt.chosen());
  prompt.move(static_cast<int>(std::clamp(now - 3 * wheel, 0.0F, last) - now));
}

}  // namespace

Commands draw_prompt(const Rect& window, ViewState& view, Paint& paint) {
  Commands commands;
  Prompt& prompt = *view.prompt;
  const Theme& t = paint.theme();
  Rect box = place_of(window, paint, prompt.kind());
  const auto& items = prompt.items();
  const float room = window.h - box.y - paint.s(kField + kFoot + 40);
  const auto most = static_cast<std::size_t>(std::clamp(room / paint.s(kRow + 4), 3.0F, 14.0F));
  const std::size_t first = first_shown(prompt, most), last = std::min(items.size(), first + most);
  float h = paint.s(kField + 16);
  for (std::size_t k = first; k < last; ++k)
    h += paint.s(kRow) + (!items[k].group.empty() && (k == first || items[k].group != items[k - 1].group)
                              ? paint.s(kGroup)
                              : 0);
  const bool note = items.empty() || prompt.kind() != PromptKind::search;
  h += paint.s(kFoot);
  box.h = h;
  paint.rect(box, t.raised, paint.s(8), {t.strong, paint.s(1)});
  draw_field(prompt, paint, {box.x + paint.s(8), box.y + paint.s(8), box.w - paint.s(16), paint.s(kField)});

  const Pointer pointer = read_pointer(false);
  turn(prompt, pointer.wheel);
  float y = box.y + paint.s(kField + 12);
  for (std::size_t k = first; k < last; ++k) {
    const PromptItem& item = items[k];
    if (!item.group.empty() && (k == first || item.group != items[k - 1].group)) {
      paint.text(box.x + paint.s(kPad + 4), y + paint.s(17), item.group, {12, Face::regular, t.faint});
      y += paint.s(kGroup);
    }
    const Rect row{box.x + paint.s(6), y, box.w - paint.s(12), paint.s(kRow)};
    draw_item(paint, item, row, k == prompt.chosen(), pointer.over(row));
    y += paint.s(kRow);
    if (pointer.clicked && pointer.over(row)) return prompt.choose(k);
  }
  const std::string_view keys = "↑↓ choose   Enter go   Esc close";
  const std::string foot = note && !prompt.note().empty() ? prompt.note() : std::string(keys);
  paint.text(box.x + paint.s(kPad + 4), box.bottom() - paint.s(12), foot,
             {12, Face::regular, t.dim, Align::left, box.w - paint.s(36)});
  if (pointer.clicked && !pointer.over(box)) prompt.close();
  return commands;
}

}  // namespace loopscope::viz
