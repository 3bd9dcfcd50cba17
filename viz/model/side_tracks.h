#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::viz {

/// A stretch of a lane that is no task's: [begin, end).
struct SideSpan {
  static constexpr traces::EventIndex kOpen = static_cast<traces::EventIndex>(-1);
  enum class Kind : std::uint8_t { run, select, watched, queued, job };
  Kind kind = Kind::run;
  traces::EventIndex begin = 0, end = kOpen;
  std::uint32_t id = 0;  ///< run: handle; job and queued: job
};

/// A moment on a lane that is no task's.
struct SideMark {
  enum class Kind : std::uint8_t { ready, sent, received, peer, signal, world };
  Kind kind = Kind::ready;
  traces::EventIndex begin = 0, end = 0;  ///< end = begin + 1
};

/// A lane that is no task's: what a thread does, an fd's watch, a pool worker's jobs, the world.
struct SideTrack {
  enum class Kind : std::uint8_t { thread, fd, pool, world };
  Kind kind = Kind::thread;
  std::uint32_t id = 0;          ///< thread, fd, or the pool's label
  traces::EventIndex since = 0;  ///< the first event that tells of it
  std::string name;              ///< "MainThread", "fd 7", "pool-0", "world"
  std::string sub;               ///< "loop 1", "queue"
  std::vector<SideSpan> spans;   ///< in order; a pool's queued stretches stand in `waits`
  std::vector<SideSpan> waits;   ///< jobs in the pool's queue, in order of their begin; may overlap
  std::vector<SideMark> marks;
};

/// The lanes beside the tasks. Folds every event once.
class SideTracks {
 public:
  void fold(const traces::TraceStore& store, const TraceEvent& event, traces::EventIndex i);
  /// All of them: threads, fds, pools, world.
  const std::vector<SideTrack>& all() const { return tracks_; }
  /// Those worth a lane: threads only when there are several or several loops, fds only when the program
  /// watches one itself.
  std::vector<std::size_t> shown() const;
  std::size_t loops() const { return loops_; }

 private:
  SideTrack& track(SideTrack::Kind kind, std::uint32_t id, traces::EventIndex i);
  void fold_thread(const traces::TraceStore& store, const TraceEvent& event, traces::EventIndex i);
  void fold_fd(const traces::TraceStore& store, const TraceEvent& event, traces::EventIndex i);
  void fold_job(const traces::TraceStore& store, const TraceEvent& event, traces::EventIndex i);
  void mark(SideTrack& track, SideMark::Kind kind, traces::EventIndex i) {
    track.marks.push_back({kind, i, i + 1});
  }
  static void close(SideTrack& track, SideSpan::Kind kind, traces::EventIndex end);

  struct QueuedJob {
    std::uint32_t pool = 0;
    std::size_t wait = 0;  // in the pool's waits
  };

  std::vector<SideTrack> tracks_;
  std::unordered_map<std::uint64_t, std::size_t> places_;
  std::unordered_map<std::uint32_t, QueuedJob> jobs_;
  std::size_t loops_ = 0;
};

}  // namespace loopscope::viz
