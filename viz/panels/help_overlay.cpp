#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <string>
#include <vector>

#include "viz/model/command_table.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

// Unscaled pixels.
constexpr float kRow = 28, kLeastRow = 19, kTitleRow = 44, kPad = 28, kHead = 76, kBetween = 24;
constexpr float kKeyColumn = 132, kColumn = 392;

/// One cap a key: "Shift" "→".
void draw_keys(Paint& paint, float x, float center_y, const std::string& text) {
  const Theme& t = paint.theme();
  const TextStyle style{12, Face::mono_semibold, t.dim, Align::center};
  const float half = paint.s(9.5F);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string key = text.substr(at, end - at);
    const float w = std::max(paint.width(key, style) + paint.s(12), paint.s(24));
    paint.box({x, center_y - half, w, 2 * half}, t.raised, t.strong, paint.s(4));
    paint.text(x + w / 2, center_y + paint.s(4.3F), key, style);
    x += w + paint.s(4);
    at = end + 1;
  }
}

using Rows = std::vector<const CommandRow*>;

Rows rows_of(CommandGroup group) {
  Rows rows;
  for (const CommandRow& row : command_table())
    if (row.group == group) rows.push_back(&row);
  return rows;
}

float group_height(const Rows& rows, float pitch) {
  return kTitleRow + pitch * static_cast<float>(rows.size());
}

/// The pitch of the rows that makes the longest column fit `height`.
float row_pitch(std::size_t longest, std::size_t both, float height) {
  const float room = height - kHead - kPad;
  const float one = (room - kTitleRow) / static_cast<float>(longest);
  const float two = (room - 2 * kTitleRow - kBetween) / static_cast<float>(both);
  return std::clamp(std::min(one, two), kLeastRow, kRow);
}

void draw_group(Paint& paint, float x, float y, float width, float pitch, std::string_view title,
                const Rows& rows) {
  const Theme& t = paint.theme();
  const auto s = [&](float m) { return paint.s(m); };
  paint.text(x, y + s(16), title, {15, Face::semibold, t.text});
  paint.line({x, y + s(27.5F)}, {x + width, y + s(27.5F)}, t.line);
  float center = y + s(kTitleRow);
  for (const CommandRow* row : rows) {
    draw_keys(paint, x, center, key_text(row->keys.front()));
    TextStyle name{14, Face::regular, t.text};
    name.max_width = std::max(1.0F, width - s(kKeyColumn));
    const float w = paint.text(x + s(kKeyColumn), center + s(5), row->name, name);
    TextStyle help{12, Face::regular, t.faint};
    help.max_width = width - s(kKeyColumn) - w - s(10);
    if (!row->help.empty() && help.max_width > s(40))
      paint.text(x + s(kKeyColumn) + w + s(10), center + s(4.5F), row->help, help);
    center += s(pitch);
  }
}

}  // namespace

Commands draw_help_overlay(const FrameView& frame, ViewState&, Paint& paint) {
  const Theme& t = frame.theme;
  const auto s = [&](float m) { return paint.s(m); };
  const Rect& window = frame.layout.window;
  paint.rect(window, t.bg.with_alpha(0.72F));

  const Rows walk = rows_of(CommandGroup::walk), look = rows_of(CommandGroup::look),
             windows = rows_of(CommandGroup::window), marks = rows_of(CommandGroup::marks);
  const float pitch =
      row_pitch(std::max(walk.size(), marks.size()), look.size() + windows.size(), window.h / s(1) - 16);
  const float right_height = group_height(look, pitch) + kBetween + group_height(windows, pitch);
  const float height =
      kHead + std::max({group_height(walk, pitch), group_height(marks, pitch), right_height}) + kPad;
  const float width = std::min(3 * kColumn + 4 * kPad, window.w / s(1) - 24);
  const Rect box{std::round(window.center().x - s(width) / 2),
                 std::max(0.0F, std::round(window.center().y - s(height) / 2)), std::round(s(width)),
                 std::round(s(height))};
  paint.box(box, t.panel, t.strong, s(8));

  const float x = box.x + s(kPad), top = box.y + s(kHead), column = (box.w - s(4 * kPad)) / 3;
  paint.text(x, box.y + s(44), "Keys", {20, Face::bold, t.text});
  paint.text(box.right() - s(kPad), box.y + s(43), "Esc or ? closes",
             {13, Face::regular, t.faint, Align::right});
  draw_group(paint, x, top, column, pitch, title_of(CommandGroup::walk), walk);
  draw_group(paint, x + column + s(kPad), top, column, pitch, title_of(CommandGroup::marks), marks);
  const float right = x + 2 * (column + s(kPad));
  draw_group(paint, right, top, column, pitch, title_of(CommandGroup::look), look);
  draw_group(paint, right, top + s(group_height(look, pitch) + kBetween), column, pitch,
             title_of(CommandGroup::window), windows);

  const ImGuiIO& io = ImGui::GetIO();
  const bool outside = io.MouseClicked[0] && !box.contains({io.MousePos.x, io.MousePos.y});
  return outside ? Commands{command::ToggleHelp{}} : Commands{};
}

}  // namespace loopscope::viz
