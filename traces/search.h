#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// One thing that a search found.
struct SearchHit {
  enum class Kind : std::uint8_t { task, line, output, problem, event };
  Kind kind = Kind::event;
  std::string title = {};   ///< "conn-17", "io.ready fd 26"
  std::string detail = {};  ///< "returned", "line 41"
  EventIndex event = 0;     ///< where to go
  TaskId task = {};         ///< task: which
  std::uint32_t line = 0;   ///< line: of the listing
};

/// What a search found, by kind; at most `most` hits of each are listed, all are counted.
struct SearchResult {
  struct Group {
    SearchHit::Kind kind;
    std::size_t count = 0;
    std::vector<SearchHit> hits;
  };
  std::vector<Group> groups;        ///< only those with hits
  std::vector<EventIndex> matches;  ///< the events found, in order, for marks on the ruler: at most 10,000
  std::size_t count() const;
};

/// Everything of the trace in which `query` occurs (letter case aside): tasks by name,
/// coroutine and arguments; lines of the listing that ran; outputs; errors and warnings;
/// events by kind ("timer.promoted"), label, text and id ("#5", "fd 7", "event 120",
/// "iteration 3"). Reads the whole trace once.
SearchResult search(const TraceStore& store, std::string_view query, std::size_t most = 50);

}  // namespace loopscope::traces
