#include "viz/model/lane_list.h"

#include <algorithm>

#include "viz/model/timeline_model.h"

namespace loopscope::viz {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool matches(const std::string& name, const std::string& filter) {
  return filter.empty() || std::search(name.begin(), name.end(), filter.begin(), filter.end(),
                                       [](char a, char b) { return lower(a) == lower(b); }) != name.end();
}

bool lives(const TimelineModel::TaskTrack& task) {
  return !task.intervals.empty() && task.intervals.back().phase < traces::TaskPhase::done;
}

/// Whether the task is there at event `until`.
bool is_known(const TimelineModel::TaskTrack& task, const LaneChoice& choice) {
  return !choice.until || (!task.intervals.empty() && task.intervals.front().begin <= *choice.until);
}

bool is_known(const SideTrack& track, const LaneChoice& choice) {
  return !choice.until || track.since <= *choice.until;
}

std::size_t runs(const TimelineModel::TaskTrack& task) {
  return static_cast<std::size_t>(
      std::count_if(task.intervals.begin(), task.intervals.end(),
                    [](const auto& i) { return i.phase == traces::TaskPhase::running; }));
}

void sort(std::vector<Lane>& lanes, const TimelineModel& model, LaneSort by) {
  if (by == LaneSort::created) return;
  std::vector<std::size_t> key(model.tasks().size());
  for (const Lane& lane : lanes)
    key[lane.index] =
        by == LaneSort::runs ? runs(model.tasks()[lane.index]) : lives(model.tasks()[lane.index]);
  std::stable_sort(lanes.begin(), lanes.end(),
                   [&](const Lane& a, const Lane& b) { return key[a.index] > key[b.index]; });
}

}  // namespace

const std::vector<Lane>& LaneList::of(const TimelineModel& model, const LaneChoice& choice) {
  if (model_ == &model && version_ == model.version() && choice_ == choice) return lanes_;
  ++generation_;
  model_ = &model;
  version_ = model.version();
  choice_ = choice;
  lanes_.clear();
  std::vector<Lane> rest;
  const auto tasks = model.tasks();
  for (std::size_t k = 0; k < tasks.size(); ++k) {
    if (!is_known(tasks[k], choice)) continue;
    const bool pinned =
        std::find(choice.pinned.begin(), choice.pinned.end(), tasks[k].task) != choice.pinned.end();
    if (pinned)
      lanes_.push_back({k, true});
    else if (matches(tasks[k].badge, choice.filter))
      rest.push_back({k, false});
  }
  sort(rest, model, choice.sort);
  side_.clear();
  for (const std::size_t k : model.side().shown()) {
    const SideTrack& track = model.side().all()[k];
    if (is_known(track, choice) && (matches(track.name, choice.filter) || matches(track.sub, choice.filter)))
      side_.push_back(k);
  }
  lanes_.insert(lanes_.end(), rest.begin(), rest.end());
  by_task_.assign(tasks.size(), lanes_.size());
  for (std::size_t k = 0; k < lanes_.size(); ++k) by_task_[lanes_[k].index] = k;
  return lanes_;
}

std::optional<std::size_t> LaneList::lane_of(std::size_t task_row) const {
  if (task_row >= by_task_.size() || by_task_[task_row] >= lanes_.size()) return std::nullopt;
  return by_task_[task_row];
}

}  // namespace loopscope::viz
