#pragma once

#include <array>
#include <optional>

#include "core/trace/event.h"
#include "traces/loop_state.h"
#include "viz/model/geometry.h"

namespace loopscope::viz {

/// The four phases on the ring, clockwise from the left.
inline constexpr int kRingPhases = 4;
inline constexpr std::array<traces::LoopPhase, kRingPhases> kRing{
    traces::LoopPhase::select, traces::LoopPhase::io, traces::LoopPhase::timers, traces::LoopPhase::run};

/// Place of `phase` in `kRing`; nullopt between phases, when idle and when closed.
std::optional<int> ring_index(traces::LoopPhase phase);

/// The middle of a phase's arc in degrees; 0 points right, 90 down, so angles grow clockwise.
float ring_degrees(int index);

/// Half the length of an arc, and half the gap between two, in degrees.
inline constexpr float kArcHalf = 42, kGapHalf = 3;

/// Where the parts of the loop machine stand inside its panel, in window pixels.
struct MachineLayout {
  /// ring: the whole machine. strip: four pills in a row, for very low or narrow panels.
  enum class Form : std::uint8_t { ring, strip };
  Form form = Form::ring;
  bool small = false;  ///< smaller type inside
  Vec2 center;
  float radius = 0, stroke = 0;
  std::array<Rect, kRingPhases> pills;             ///< in the order of `kRing`
  Rect slot;                                       ///< where the running handle's chip stands
  float caption_y = 0, number_y = 0, clock_y = 0;  ///< baselines inside the ring
  float number_size = 40;                          ///< type size of the iteration's number, unscaled
  Rect selector, heap;                             ///< empty when there is no room
  Vec2 summary{};           ///< strip without these boxes: where one line tells of them
  float queue_title_y = 0;  ///< baseline of "Ready queue"
  Rect queue;               ///< the row of slots
  float bracket_y = 0;      ///< top of the snapshot's bracket
  float bottom = 0;         ///< nothing may be drawn below
};

/// Lays the machine out in `panel` (title row of 36 included): R = 138 in 772 x 564, 102 in
/// 640 x 414. Pills and side boxes never overlap. `small`: prefer the small measures.
MachineLayout layout_machine(const Rect& panel, bool small, float scale);

/// A point on the ring, `extra` pixels outside of its middle line.
Vec2 ring_point(const MachineLayout& layout, float degrees, float extra = 0);

/// How far a phase has come, 0 to 1, after an event of kind `kind`: counted in handles, not in time.
float phase_progress(const traces::OneLoopState& loop, EventKind kind, double now);

/// Where the ring's marker stands, in degrees: on the lit arc beside its pill, in the gap
/// before the next phase when between phases (before select, or on `drain` before run, when
/// between iterations); nullopt when the loop does not run.
std::optional<float> marker_degrees(const MachineLayout& layout, const traces::OneLoopState& loop,
                                    EventKind kind, double now);

/// Half of the arc that the pill of arc `index` covers, in degrees; less than half of the arc.
float pill_half_degrees(const MachineLayout& layout, int index);

/// The angle on the way from `from` to `to`, the short way round.
float between_degrees(float from, float to, float t);

/// The number of timers in the heap that are overdue at `now`, counted up to `cap`. Visits only overdue
/// nodes.
std::size_t count_overdue(const traces::OneLoopState& loop, double now, std::size_t cap);

/// Whether a deadline has passed by more than the clock's resolution.
inline bool is_overdue(double when, double now) { return when + 1e-9 < now; }

}  // namespace loopscope::viz
