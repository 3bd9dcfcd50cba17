#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <iterator>
#include <string>
#include <vector>

#include "viz/model/command_table.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

// Unscaled pixels.
constexpr float kRow = 28, kLeastRow = 18, kTitleRow = 44, kPad = 28, kHead = 76, kBetween = 24;
constexpr float kKeyColumn = 132, kColumn = 392;

/// One cap a key: "Shift" "→".
void draw_keys(Paint& paint, float x, float center_y, const std::string& text) {
  const Theme& t = paint.theme();
  const TextStyle style{12, Face::mono_semibold, t.dim, Align::center};
  const float half = paint.s(8.8F);
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

/// The groups that stand under each other.
using Column = std::vector<CommandGroup>;
const Column kColumns[] = {{CommandGroup::walk, CommandGroup::teach},
                           {CommandGroup::marks, CommandGroup::window},
                           {CommandGroup::look, CommandGroup::file}};

float group_height(const Rows& rows, float pitch) {
  return kTitleRow + pitch * static_cast<float>(rows.size());
}

float column_height(const Column& column, float pitch) {
  float height = kBetween * static_cast<float>(column.size() - 1);
  for (const CommandGroup group : column) height += group_height(rows_of(group), pitch);
  return height;
}

float longest_column(float pitch) {
  float longest = 0;
  for (const Column& column : kColumns) longest = std::max(longest, column_height(column, pitch));
  return longest;
}

/// The pitch of the rows that makes the longest column fit `height`.
float row_pitch(float height) {
  float pitch = kRow;
  while (pitch > kLeastRow && kHead + longest_column(pitch) + kPad > height) pitch -= 0.5F;
  return pitch;
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
    if (paint.width(row->help, help) <= width - s(kKeyColumn) - w - s(10))  // whole or not at all
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

  // In a high window the bar stays in sight.
  const float room = window.h / s(1);
  const float pitch = row_pitch(room - (room > 900 ? 130.0F : 16.0F));
  const float height = kHead + longest_column(pitch) + kPad;
  const float width = std::min(3 * kColumn + 4 * kPad, window.w / s(1) - 24);
  const Rect box{std::round(window.center().x - s(width) / 2),
                 std::max(0.0F, std::round(window.center().y - s(height) / 2)), std::round(s(width)),
                 std::round(s(height))};
  paint.box(box, t.panel, t.strong, s(8));

  const float x = box.x + s(kPad), top = box.y + s(kHead), column = (box.w - s(4 * kPad)) / 3;
  paint.text(x, box.y + s(44), "Keys", {20, Face::bold, t.text});
  paint.text(box.right() - s(kPad), box.y + s(43), "Esc or ? closes",
             {13, Face::regular, t.faint, Align::right});
  for (std::size_t k = 0; k < std::size(kColumns); ++k) {
    const float left = x + static_cast<float>(k) * (column + s(kPad));
    float y = top;
    for (const CommandGroup group : kColumns[k]) {
      const Rows rows = rows_of(group);
      draw_group(paint, left, y, column, pitch, title_of(group), rows);
      y += s(group_height(rows, pitch) + kBetween);
    }
  }

  const ImGuiIO& io = ImGui::GetIO();
  const bool outside = io.MouseClicked[0] && !box.contains({io.MousePos.x, io.MousePos.y});
  return outside ? Commands{command::ToggleHelp{}} : Commands{};
}

}  // namespace loopscope::viz
