#include "viz/shell/shot.h"

#include "viz/panels/panels.h"
#include "viz/shell/offscreen.h"

namespace loopscope::viz {
namespace {

constexpr float kMonitorScale = 1;
constexpr double kFrame = 0.05;  // seconds
constexpr int kMostFrames = 100;

/// What the window does with these keys.
void press(Viewer& viewer, const std::string& keys) {
  for (const char c : keys) {
    const KeyPress key = c == ' ' ? KeyPress{.key = KeyName::space} : typed(static_cast<unsigned char>(c));
    if (viewer.takes_text())
      viewer.type(key);
    else if (const auto command = command_for(key, viewer.context()))
      viewer.apply(*command);
  }
}

}  // namespace

bool shot(const ViewedRun& run, const ShotOptions& options, std::vector<std::uint8_t>& rgba,
          std::string& error) {
  Viewer viewer(options.theme, options.scale);
  viewer.show(run, false);
  if (!viewer.has_events()) {
    error = "the trace has no events";
    return false;
  }
  viewer.set_failure(options.failure);
  viewer.apply(command::Seek{options.at});
  viewer.view().axis = options.axis;
  viewer.view().selection = options.selection;
  viewer.view().help_open = options.help;
  viewer.frame(static_cast<float>(options.width), static_cast<float>(options.height), kMonitorScale, 0);
  viewer.apply(options.setup);
  press(viewer, options.keys);
  for (const char c : options.text)
    if (viewer.takes_text())
      viewer.type(c == ' ' ? KeyPress{.key = KeyName::space} : typed(static_cast<unsigned char>(c)));
  // What the setup has set in motion arrives.
  for (int i = 0; i < kMostFrames && viewer.busy(); ++i) viewer.advance(kFrame);
  const OffscreenOptions picture{.width = options.width,
                                 .height = options.height,
                                 .scale = viewer.total_scale(kMonitorScale),
                                 .background = theme(options.theme).bg};
  return render_offscreen(
      picture,
      [&](const Fonts& fonts, int) {
        FrameView frame = viewer.frame(static_cast<float>(options.width), static_cast<float>(options.height),
                                       kMonitorScale, 0);
        frame.shared = nullptr;  // a picture waits for everything
        if (options.moving.moving()) frame.transition = options.moving;
        draw_main_window(frame, viewer.view(), fonts);
      },
      rgba, error);
}

}  // namespace loopscope::viz
