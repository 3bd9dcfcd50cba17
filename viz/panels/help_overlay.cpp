#include <imgui.h>

#include <cmath>
#include <string>
#include <vector>

#include "viz/model/command_table.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

constexpr float kRow = 28, kTitleRow = 44, kPad = 28, kKeyColumn = 132, kColumn = 392;  // unscaled pixels

/// One cap a key: "Shift" "→". Returns the width drawn; without `draw` only measures.
float key_caps(Paint& paint, float x, float center_y, const std::string& text, bool draw) {
  const Theme& t = paint.theme();
  const TextStyle style{12, Face::mono_semibold, t.dim, Align::center};
  const float start = x;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find(' ', at);
    if (end == std::string::npos) end = text.size();
    const std::string key = text.substr(at, end - at);
    const float w = std::max(paint.width(key, style) + paint.s(12), paint.s(24));
    if (draw) {
      paint.box({x, center_y - paint.s(10), w, paint.s(20)}, t.raised, t.strong, paint.s(4));
      paint.text(x + w / 2, center_y + paint.s(4.3F), key, style);
    }
    x += w + paint.s(4);
    at = end + 1;
  }
  return x - start - paint.s(4);
}

/// A row of the overlay: two opposite commands share one ("Next event" and "Previous event").
struct HelpRow {
  std::string keys, other_keys, name, help;
};

std::vector<HelpRow> rows_of(CommandGroup group) {
  std::vector<HelpRow> rows;
  for (const CommandRow& command : command_table()) {
    if (command.group != group) continue;
    rows.push_back({key_text(command.keys.front()), {}, std::string(command.name), std::string(command.help)});
  }
  return rows;
}

float group_height(const std::vector<HelpRow>& rows) { return kTitleRow + kRow * static_cast<float>(rows.size()); }

void draw_group(Paint& paint, float x, float y, float width, std::string_view title, const std::vector<HelpRow>& rows) {
  const Theme& t = paint.theme();
  const auto s = [&](float m) { return paint.s(m); };
  paint.text(x, y + s(16), title, {15, Face::semibold, t.text});
  paint.line({x, y + s(27.5F)}, {x + width, y + s(27.5F)}, t.line);
  float center = y + s(kTitleRow);
  for (const HelpRow& row : rows) {
    key_caps(paint, x, center, row.keys, true);
    TextStyle name{14, Face::regular, t.text};
    name.max_width = std::max(1.0F, width - s(kKeyColumn));
    const float w = paint.text(x + s(kKeyColumn), center + s(5), row.name, name);
    TextStyle help{12, Face::regular, t.faint};
    help.max_width = width - s(kKeyColumn) - w - s(10);
    if (!row.help.empty() && help.max_width > s(40))
      paint.text(x + s(kKeyColumn) + w + s(10), center + s(4.5F), row.help, help);
    center += s(kRow);
  }
}

}  // namespace

Commands draw_help_overlay(const FrameView& frame, ViewState&, Paint& paint) {
  const Theme& t = frame.theme;
  const auto s = [&](float m) { return paint.s(m); };
  const Rect& window = frame.layout.window;
  paint.rect(window, t.bg.with_alpha(0.72F));

  std::vector<HelpRow> groups[kCommandGroups];
  for (int g = 0; g < kCommandGroups; ++g) groups[g] = rows_of(static_cast<CommandGroup>(g));
  const float between = 24;
  const float right_height = group_height(groups[1]) + between + group_height(groups[2]);
  const float height = 76 + std::max(group_height(groups[0]), right_height) + kPad;
  const float width = std::min(2 * kColumn + 3 * kPad, window.w / s(1) - 24);
  const Rect box{std::round(window.center().x - s(width) / 2), std::max(0.0F, std::round(window.center().y - s(height) / 2)),
                 std::round(s(width)), std::round(s(height))};
  paint.box(box, t.panel, t.strong, s(8));

  const float x = box.x + s(kPad), top = box.y + s(76), column = (box.w - s(3 * kPad)) / 2;
  paint.text(x, box.y + s(44), "Keys", {20, Face::bold, t.text});
  paint.text(box.right() - s(kPad), box.y + s(43), "Esc or ? closes", {13, Face::regular, t.faint, Align::right});
  draw_group(paint, x, top, column, title_of(CommandGroup::walk), groups[0]);
  const float right = x + column + s(kPad);
  draw_group(paint, right, top, column, title_of(CommandGroup::look), groups[1]);
  draw_group(paint, right, top + s(group_height(groups[1]) + between), column, title_of(CommandGroup::window), groups[2]);

  const ImGuiIO& io = ImGui::GetIO();
  const bool outside = io.MouseClicked[0] && !box.contains({io.MousePos.x, io.MousePos.y});
  return outside ? Commands{command::ToggleHelp{}} : Commands{};
}

}  // namespace loopscope::viz
