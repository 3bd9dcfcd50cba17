#include "viz/model/side_tracks.h"

#include <algorithm>

#include "core/trace/event_reader.h"

namespace loopscope::viz {
namespace {

using traces::EventIndex;
using Kind = SideTrack::Kind;

constexpr std::size_t kMostTracks = 4096;

}  // namespace

SideTrack& SideTracks::track(Kind kind, std::uint32_t id, EventIndex i) {
  const std::uint64_t key = std::uint64_t{static_cast<std::uint8_t>(kind)} << 32 | id;
  if (const auto known = places_.find(key); known != places_.end()) return tracks_[known->second];
  if (tracks_.size() >= kMostTracks)
    return tracks_.back();  // a trace of thousands of fds: the rest share a lane
  places_.emplace(key, tracks_.size());
  SideTrack& made = tracks_.emplace_back();
  made.kind = kind;
  made.id = id;
  made.since = i;
  return made;
}

void SideTracks::close(SideTrack& track, SideSpan::Kind kind, EventIndex end) {
  if (!track.spans.empty() && track.spans.back().end == SideSpan::kOpen && track.spans.back().kind == kind)
    track.spans.back().end = end;
}

void SideTracks::fold(const traces::TraceStore& store, const TraceEvent& e, EventIndex i) {
  switch (e.kind) {
    case EventKind::thread_started:
    case EventKind::thread_ended:
    case EventKind::loop_run:
    case EventKind::loop_idle:
    case EventKind::handle_begin:
    case EventKind::handle_end:
    case EventKind::select_begin:
    case EventKind::select_end:
      return fold_thread(store, e, i);
    case EventKind::loop_created:
      ++loops_;
      return;
    case EventKind::fd_watched:
    case EventKind::fd_unwatched:
    case EventKind::io_ready:
    case EventKind::net_sent:
    case EventKind::net_received:
      return fold_fd(store, e, i);
    case EventKind::job_queued:
    case EventKind::job_begin:
    case EventKind::job_end:
      return fold_job(store, e, i);
    case EventKind::net_peer:
      return mark(track(Kind::world, 0, i), SideMark::Kind::peer, i);
    case EventKind::signal:
      return mark(track(Kind::world, 0, i), SideMark::Kind::signal, i);
    case EventKind::world:
      return mark(track(Kind::world, 0, i), SideMark::Kind::world, i);
    default:
      return;
  }
}

void SideTracks::fold_thread(const traces::TraceStore& store, const TraceEvent& e, EventIndex i) {
  SideTrack& thread = track(Kind::thread, e.thread, i);
  switch (e.kind) {
    case EventKind::thread_started:
      thread.name = store.label(field::label(e));
      break;
    case EventKind::loop_run:
      thread.sub = "loop " + std::to_string(e.loop);
      break;
    case EventKind::handle_begin:
      thread.spans.push_back({SideSpan::Kind::run, i, SideSpan::kOpen, field::handle(e).value});
      break;
    case EventKind::handle_end:
      close(thread, SideSpan::Kind::run, i);
      break;
    case EventKind::select_begin:
      thread.spans.push_back({SideSpan::Kind::select, i, SideSpan::kOpen, 0});
      break;
    case EventKind::select_end:
      close(thread, SideSpan::Kind::select, i);
      break;
    default:
      break;
  }
}

void SideTracks::fold_fd(const traces::TraceStore& store, const TraceEvent& e, EventIndex i) {
  SideTrack& fd = track(Kind::fd, field::fd(e), i);
  switch (e.kind) {
    case EventKind::fd_watched:
      if (fd.sub.empty()) fd.sub = store.label(field::high_label(e));
      if (fd.spans.empty() || fd.spans.back().end != SideSpan::kOpen)
        fd.spans.push_back({SideSpan::Kind::watched, i, SideSpan::kOpen, 0});
      break;
    case EventKind::fd_unwatched:
      close(fd, SideSpan::Kind::watched, i);
      break;
    case EventKind::io_ready:
      return mark(fd, SideMark::Kind::ready, i);
    case EventKind::net_sent:
      return mark(fd, SideMark::Kind::sent, i);
    default:
      return mark(fd, SideMark::Kind::received, i);
  }
}

void SideTracks::fold_job(const traces::TraceStore& store, const TraceEvent& e, EventIndex i) {
  const std::uint32_t job = field::job(e).value;
  if (e.kind == EventKind::job_queued) {
    const LabelId label = field::label(e);
    SideTrack& pool = track(Kind::pool, label.value, i);
    if (pool.name.empty()) pool.name = label ? store.label(label) : "pool", pool.sub = "queue";
    jobs_[job] = {label.value, pool.waits.size()};
    pool.waits.push_back({SideSpan::Kind::queued, i, SideSpan::kOpen, job});
    return;
  }
  if (e.kind == EventKind::job_begin) {
    if (const auto known = jobs_.find(job); known != jobs_.end())
      track(Kind::pool, known->second.pool, i).waits[known->second.wait].end = i;
    track(Kind::thread, e.thread, i).spans.push_back({SideSpan::Kind::job, i, SideSpan::kOpen, job});
    return;
  }
  close(track(Kind::thread, e.thread, i), SideSpan::Kind::job, i);
}

std::vector<std::size_t> SideTracks::shown() const {
  const auto threads = std::count_if(tracks_.begin(), tracks_.end(),
                                     [](const SideTrack& t) { return t.kind == Kind::thread; });
  std::vector<std::size_t> rows;
  for (const Kind kind : {Kind::thread, Kind::pool, Kind::fd, Kind::world})
    for (std::size_t k = 0; k < tracks_.size(); ++k) {
      const SideTrack& t = tracks_[k];
      if (t.kind != kind) continue;
      if (kind == Kind::thread && threads < 2 && loops_ < 2) continue;
      // The self-pipe of a loop that nobody wakes is no news.
      if (kind == Kind::fd && t.marks.empty() && t.sub.find("_read_from_self") != std::string::npos) continue;
      rows.push_back(k);
    }
  return rows;
}

}  // namespace loopscope::viz
