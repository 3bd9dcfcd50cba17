#include <cmath>
#include <imgui.h>
#include <string>
#include <string_view>
#include <vector>

#include "viz/model/prompt.h"
#include "viz/model/scenario_editor.h"
#include "viz/model/utf8.h"
#include "viz/model/view_state.h"
#include "viz/panels/editor_panel.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

constexpr float kWidth = 920, kPad = 32, kLine = 22, kIcon = 40;  // unscaled pixels
constexpr ImGuiWindowFlags kPlainWindow = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                          ImGuiWindowFlags_NoNav;

/// How many bytes of `text` make its first line: up to a space where there is one, at
/// least one code point.
std::size_t line_length(std::string_view text, float width, const Paint& paint, const TextStyle& style) {
  constexpr std::size_t kLongest = 1024;  // no line that fits a screen is longer
  std::size_t fits = 0, too_long = std::min(text.size(), kLongest) + 1;
  while (fits + 1 < too_long) {
    const std::size_t middle = (fits + too_long) / 2;
    if (paint.width(text.substr(0, middle), style) <= width)
      fits = middle;
    else
      too_long = middle;
  }
  if (fits == text.size()) return fits;
  if (const std::size_t space = text.rfind(' ', fits); space != std::string_view::npos && space > 0)
    return space;
  while (fits > 0 && inside_code_point(text, fits)) --fits;
  if (fits > 0) return fits;
  fits = 1;
  while (inside_code_point(text, fits)) ++fits;
  return fits;
}

/// `text` in lines that fit `width`.
std::vector<std::string> wrapped(std::string_view text, float width, const Paint& paint,
                                 const TextStyle& style) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view rest = text.substr(at, end - at);
    at = end + 1;
    do {
      const std::size_t length = line_length(rest, width, paint, style);
      lines.emplace_back(rest.substr(0, length));
      rest.remove_prefix(length);
      if (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    } while (!rest.empty());
  }
  return lines;
}

void draw_icon(Paint& paint, Vec2 center, Notice::Kind kind) {
  const Theme& t = paint.theme();
  const HueColors& hue = t[kind == Notice::Kind::error  ? Hue::fail
                           : kind == Notice::Kind::busy ? Hue::run
                                                        : Hue::wait];
  paint.circle(center, paint.s(kIcon / 2), hue.fill.with_alpha(t.tint));
  if (kind == Notice::Kind::busy)
    paint.arc(center, paint.s(10), -66, 206, hue.fill, paint.s(3.4F));
  else
    paint.glyph(kind == Notice::Kind::error ? Glyph::fail : Glyph::io, center, paint.s(9), hue.text);
}

/// At most `room` lines; the last one then says how many are left out.
void keep(std::vector<std::string>& lines, std::size_t room) {
  if (lines.size() <= room) return;
  const std::size_t more = lines.size() - (room - 1);
  lines.resize(room - 1);
  lines.push_back("and " + std::to_string(more) + " more lines");
}

/// `has_text`: there is a scenario that can be edited.
void draw_card(const Notice& notice, bool has_text, Paint& paint, float width, float height) {
  const Theme& theme = paint.theme();
  const auto s = [&](float m) { return paint.s(m); };
  const float w = std::min(s(kWidth), width - s(32));
  const float text_width = std::max(1.0F, w - s(2 * kPad + kIcon + 20));
  const TextStyle body{14, notice.is_error() ? Face::mono : Face::regular, theme.dim};
  std::vector<std::string> lines = wrapped(notice.text, text_width, paint, body);
  const float around = s(2 * kPad + 44 + 48);
  keep(lines, static_cast<std::size_t>(std::max(1.0F, (height - around - s(32)) / s(kLine))));

  const float h = around + s(kLine) * static_cast<float>(lines.size());
  const Rect box{std::round((width - w) / 2), std::round(std::max(s(16), (height - h) * 0.42F)),
                 std::round(w), std::round(h)};
  paint.box(box, theme.panel, notice.is_error() ? theme[Hue::fail].fill : theme.line, s(8));
  draw_icon(paint, {box.x + s(kPad + kIcon / 2), box.y + s(kPad + kIcon / 2)}, notice.kind);
  const float x = box.x + s(kPad + kIcon + 20);
  paint.text(x, box.y + s(kPad + 27), notice.title, {20, Face::bold, theme.text, Align::left, text_width});
  float baseline = box.y + s(kPad + 44 + 22);
  for (const std::string& line : lines) {
    paint.text(x, baseline, line, body);
    baseline += s(kLine);
  }
  if (notice.is_error())
    paint.text(x, box.bottom() - s(kPad - 6),
               has_text ? "Mend it here with Ctrl E, or in its file; Ctrl O or a drop opens another."
                        : "R reads it again; Ctrl O or a drop opens another.",
               {13, Face::regular, theme.faint, Align::left, text_width});
}

}  // namespace

Commands draw_notice(const Notice& notice, ViewState& view, const Theme& theme, const Fonts& fonts,
                     float width, float height) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({width, height});
  ImGui::Begin("loopscope", nullptr, kPlainWindow);
  Paint paint(*ImGui::GetWindowDrawList(), fonts, theme);
  const Rect window{0, 0, width, height};
  paint.rect(window, theme.bg);
  const bool has_text = !view.editor->text().text().empty();
  if (notice.is_error() && view.program_tab == ProgramTab::json && (has_text || view.editor->has_focus()))
    draw_editor_page(view, paint, window, notice.title);
  else
    draw_card(notice, has_text, paint, width, height);
  Commands commands;
  if (view.work) commands = draw_work(*view.work, window, height * 0.62F, ImGui::GetTime(), paint);
  if (view.prompt && view.prompt->is_open()) {
    const Commands asked = draw_prompt(window, view, paint);
    commands.insert(commands.end(), asked.begin(), asked.end());
  }
  if (view.toast) draw_toast(*view.toast, window, height, paint);
  ImGui::End();
  ImGui::PopStyleVar(2);
  return commands;
}

}  // namespace loopscope::viz
