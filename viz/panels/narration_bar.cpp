#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "viz/panels/fit.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

constexpr std::size_t kMaxLines = 2;

/// A word and where it goes: `text` with the space behind it.
struct Line {
  std::size_t begin = 0, end = 0;
  float x = 0;
};

/// The text's words broken into lines of `width`; the first one begins `indent` to the right.
std::vector<Line> break_lines(std::string_view text, float indent, float width, const Paint& paint,
                              const TextStyle& style) {
  std::vector<Line> lines{{0, 0, indent}};
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find(' ', at);
    end = end == std::string_view::npos ? text.size() : end + 1;
    Line& line = lines.back();
    const float w = paint.width(text.substr(line.begin, end - line.begin), style);
    if (line.x + w > width && line.end > line.begin) {
      lines.push_back({at, end, 0});
    } else {
      line.end = end;
    }
    at = end;
  }
  return lines;
}

Hue narration_hue(const FrameView& frame) {
  const auto kind = frame.store.event(frame.cursor).kind;
  const bool failed = frame.finished && !frame.failure.empty() && frame.cursor + 1 == frame.size;
  return failed || kind == EventKind::error || kind == EventKind::gap ? Hue::fail
                                                                      : hue_of(frame.narration.phase);
}

}  // namespace

Commands draw_narration(const FrameView& frame, ViewState&, Paint& paint) {
  const Theme& theme = frame.theme;
  const Rect& r = frame.layout.narration;
  const auto s = [&](float measure) { return paint.s(measure); };
  const HueColors& hue = theme[narration_hue(frame)];
  paint.box(r, theme.panel, theme.line, s(8));
  paint.rect({r.x, r.y, s(6), r.h}, hue.fill, s(3));

  const float x = r.x + s(22), width = r.right() - s(16) - x, middle = r.center().y;
  const std::string place = with_grouped_numbers(frame.narration.place);
  const std::string text = with_grouped_numbers(frame.narration.text);
  const float gap = s(10);
  TextStyle bold{0, Face::bold, hue.text}, plain{0, Face::regular, theme.text};
  float indent = 0;
  std::vector<Line> lines;
  // One line in the largest type that fits, else two.
  const auto sizes = frame.layout.small ? std::array{18.0F, 16.0F, 14.0F} : std::array{20.0F, 18.0F, 18.0F};
  for (const float size : sizes) {
    bold.size = plain.size = size;
    indent = place.empty() ? 0 : paint.width(place, bold) + gap;
    lines = break_lines(text, indent, width, paint, plain);
    if (lines.size() == 1) break;
  }
  const float size = plain.size;
  const std::size_t shown = std::min(lines.size(), kMaxLines);
  const float pitch = s(size * 1.3F);
  float baseline = middle + s(size * 0.35F) - pitch * static_cast<float>(shown - 1) / 2;
  bold.max_width = width;
  if (!place.empty()) paint.text(x, baseline, place, bold);
  for (std::size_t i = 0; i < shown; ++i, baseline += pitch) {
    TextStyle style = plain;
    style.max_width = std::max(1.0F, width - lines[i].x);
    const std::size_t end = i + 1 == kMaxLines ? text.size() : lines[i].end;  // the rest, cut
    paint.text(x + lines[i].x, baseline, std::string_view(text).substr(lines[i].begin, end - lines[i].begin),
               style);
  }
  return {};
}

}  // namespace loopscope::viz
