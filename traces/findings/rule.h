#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/trace/event_reader.h"
#include "traces/findings/finding.h"
#include "traces/loop_state.h"

namespace loopscope::traces {

/// A trace as rules look at it: one size for all of them, and where events are missing.
class Evidence {
 public:
  explicit Evidence(const TraceStore& store);

  const TraceStore& store() const { return store_; }
  std::size_t size() const { return size_; }  ///< at least 1
  bool finished() const { return finished_; }
  /// The state after the last event.
  const LoopState& last() const { return last_; }

  /// Whether no event was lost in [from, to]. What a rule concludes from such a stretch
  /// holds; over a gap it keeps silent.
  bool whole(EventIndex from, EventIndex to) const;
  /// The same for [from, the end] of a trace that is complete.
  bool whole_to_the_end(EventIndex from) const { return finished_ && whole(from, size_ - 1); }

  std::int64_t ns(EventIndex i) const { return store_.event(i).ts; }
  std::int64_t between(EventIndex from, EventIndex to) const { return ns(to) - ns(from); }
  /// "1.000 s", or milliseconds when the clock is real.
  std::string time(std::int64_t ns) const;
  std::string task(TaskId id) const;
  /// "conn-17", "say": whose run it is.
  std::string owner(const HandleRun& run) const;
  /// The listing's text of `line`, without indentation; empty when there is none.
  std::string source(std::uint32_t line) const;
  /// "conn-17, line 41, iteration 1204".
  std::string place(const std::string& who, std::uint32_t line, EventIndex i) const;

  /// The statement of a run that took longest: the time between two events of its thread.
  struct Statement {
    EventIndex begin = 0;  ///< the event that it began with
    std::uint32_t line = 0;
    std::int64_t duration = 0;
  };
  Statement slowest_statement(const HandleRun& run) const;

 private:
  const TraceStore& store_;
  std::size_t size_;
  bool finished_;
  LoopState last_;
  std::vector<EventIndex> gaps_;
};

/// One kind of problem: its name, its threshold, and the words for it.
class FindingRule {
 public:
  virtual ~FindingRule() = default;
  virtual std::string_view name() const = 0;
  /// Appends what it finds; `rule` is filled in by the caller.
  virtual void find(const Evidence& evidence, std::vector<Finding>& out) const = 0;
};

/// Findings that differ only in when they happened, by place: keeps the worst of each.
class WorstByPlace {
 public:
  using Key = std::pair<std::string, std::uint32_t>;  // who, line
  /// Whether one of this size would be the worst so far; counts it either way.
  bool add(const Key& key, std::int64_t size);
  void set(const Key& key, Finding finding) { found_[key].finding = std::move(finding); }
  /// The worst of every place; `times` says how often.
  void take(std::vector<Finding>& out);

 private:
  struct Entry {
    std::int64_t size = -1;
    std::size_t times = 0;
    Finding finding;
  };
  std::map<Key, Entry> found_;
};

/// The warnings of one rule that the loop itself reported.
void find_reported(const Evidence& evidence, std::string_view rule, const Finding& words,
                   std::vector<Finding>& out);

// One for each name, each in its own file.
std::unique_ptr<FindingRule> slow_callback();
std::unique_ptr<FindingRule> slow_iteration();
std::unique_ptr<FindingRule> starvation();
std::unique_ptr<FindingRule> timer_lateness();
std::unique_ptr<FindingRule> blocking_call();
std::unique_ptr<FindingRule> never_yielding();
std::unique_ptr<FindingRule> call_soon_loop();
std::unique_ptr<FindingRule> cancelled_timers();
std::unique_ptr<FindingRule> lost_waker();
std::unique_ptr<FindingRule> await_cycle();
std::unique_ptr<FindingRule> never_awaited();
std::unique_ptr<FindingRule> never_retrieved();
std::unique_ptr<FindingRule> destroyed_pending();
std::unique_ptr<FindingRule> late_await();
std::unique_ptr<FindingRule> wrong_thread();
std::unique_ptr<FindingRule> pool_queue();
std::unique_ptr<FindingRule> deadlock();

}  // namespace loopscope::traces
