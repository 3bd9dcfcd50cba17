#include "viz/model/theme.h"

namespace loopscope::viz {
namespace {

constexpr Color c(std::uint32_t rgb) { return {rgb, 1}; }

constexpr Theme kDark{
    .name = ThemeName::dark,
    .bg = c(0x0E1217), .panel = c(0x151A21), .raised = c(0x1D242D), .hover = c(0x27303B), .selection = c(0x1A3246),
    .text = c(0xEAEFF6), .dim = c(0xB4BFCD), .faint = c(0x95A2B2), .focus = c(0xFFFFFF), .line = c(0x2C3642),
    .strong = c(0x475463), .run_edge = {0, 0}, .badge_text = c(0xFFFFFF), .tint = 0.16F,
    .hues = {{{c(0xFFCB1F), c(0xFFCB1F), c(0x0B0E12)},
              {c(0x62D0FB), c(0x62D0FB), c(0x0B0E12)},
              {c(0x9178FF), c(0xA796FF), c(0x0B0E12)},
              {c(0x2FA273), c(0x45BE8C), c(0x0B0E12)},
              {c(0xDCDFE3), c(0xDCDFE3), c(0x0B0E12)},
              {c(0xC678A6), c(0xDB93BE), c(0x0B0E12)},
              {c(0xF5432F), c(0xFF6B58), c(0x0B0E12)},
              {c(0x515C69), c(0x95A2B2), c(0xFFFFFF)},
              {c(0xF5432F), c(0xFF6B58), c(0xFF6B58)}}}};

constexpr Theme kLight{
    .name = ThemeName::light,
    .bg = c(0xE9ECF0), .panel = c(0xFFFFFF), .raised = c(0xF3F5F8), .hover = c(0xE6EAF0), .selection = c(0xD3E8FB),
    .text = c(0x12161C), .dim = c(0x434D5B), .faint = c(0x56616F), .focus = c(0x12161C), .line = c(0xD3D9E1),
    .strong = c(0x98A3B1), .run_edge = c(0x7A5700), .badge_text = c(0x12161C), .tint = 0.12F,
    .hues = {{{c(0xF2B200), c(0x7A5700), c(0x12161C)},
              {c(0x1B8CF2), c(0x0B5FB0), c(0x12161C)},
              {c(0x6A1BB0), c(0x6A1BB0), c(0xFFFFFF)},
              {c(0x1E7A54), c(0x17694A), c(0xFFFFFF)},
              {c(0x46505D), c(0x46505D), c(0xFFFFFF)},
              {c(0xE2449B), c(0xAE1F70), c(0x12161C)},
              {c(0xB3200E), c(0xB3200E), c(0xFFFFFF)},
              {c(0xB4BCC7), c(0x56616F), c(0x12161C)},
              {c(0xB3200E), c(0xB3200E), c(0xB3200E)}}}};

}  // namespace

const Theme& theme(ThemeName name) { return name == ThemeName::dark ? kDark : kLight; }

Hue hue_of(traces::TaskPhase phase) {
  using P = traces::TaskPhase;
  switch (phase) {
    case P::ready: return Hue::ready;
    case P::running: return Hue::run;
    case P::sleeping: return Hue::timer;
    case P::io: return Hue::io;
    case P::waiting: return Hue::wait;
    case P::job: return Hue::job;
    case P::done: return Hue::done;
    case P::failed: return Hue::fail;
    case P::cancelled: return Hue::cancel;
  }
  return Hue::wait;
}

Hue hue_of(traces::LoopPhase phase) {
  using P = traces::LoopPhase;
  switch (phase) {
    case P::select: return Hue::ready;
    case P::io: return Hue::io;
    case P::timers: return Hue::timer;
    case P::run: return Hue::run;
    case P::idle:
    case P::between:
    case P::closed: break;
  }
  return Hue::done;
}

Hue hue_of(Cause cause) {
  switch (cause) {
    case Cause::timer: return Hue::timer;
    case Cause::io: return Hue::io;
    case Cause::threadsafe: return Hue::job;
    case Cause::signal: return Hue::fail;
    case Cause::call_soon:
    case Cause::task_step:
    case Cause::task_wakeup:
    case Cause::future_callback: break;
  }
  return Hue::ready;
}

char letter_of(traces::TaskPhase phase) { return "QRTIWXDFC"[static_cast<int>(phase)]; }

}  // namespace loopscope::viz
