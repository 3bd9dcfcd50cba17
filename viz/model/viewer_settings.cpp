// What the viewer remembers: to and from its state.
#include <cmath>
#include <iterator>

#include "viz/model/viewer.h"

namespace loopscope::viz {
namespace {

constexpr const char *kPrograms[] = {"listing", "json", "output"},
                     *kSides[] = {"tasks", "why", "findings", "await"};

template <std::size_t N>
std::size_t index_of(const char* const (&names)[N], const std::string& name) {
  for (std::size_t i = 0; i < N; ++i)
    if (name == names[i]) return i;
  return 0;
}

}  // namespace

void Viewer::restore(const traces::ViewerSettings& settings) {
  theme_ = settings.theme == "light" ? ThemeName::light : ThemeName::dark;
  scale_ = std::clamp(static_cast<float>(settings.scale), kMinScale, kMaxScale);
  view_.reduced_motion = settings.reduced_motion;
  view_.axis = settings.axis == "clock" ? AxisKind::clock : AxisKind::steps;
  view_.program_tab = static_cast<ProgramTab>(index_of(kPrograms, settings.program));
  view_.side_tab = static_cast<int>(index_of(kSides, settings.side));
  view_.await.shown = settings.await_tree;
}

traces::ViewerSettings Viewer::settings() const {
  traces::ViewerSettings settings;
  settings.theme = theme_ == ThemeName::light ? "light" : "dark";
  settings.scale = std::round(static_cast<double>(scale_) * 100) / 100;
  settings.reduced_motion = view_.reduced_motion;
  settings.axis = view_.axis == AxisKind::clock ? "clock" : "steps";
  settings.program = kPrograms[static_cast<std::size_t>(view_.program_tab)];
  settings.side = kSides[static_cast<std::size_t>(view_.side_tab) % std::size(kSides)];
  settings.await_tree = view_.await.shown;
  return settings;
}

}  // namespace loopscope::viz
