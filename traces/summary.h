#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "traces/findings/finding.h"
#include "traces/formats/jsonl.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// What `loopscope info` says of a trace.
struct TraceSummary {
  struct Loop {
    LoopId id;
    std::string model;
    std::uint64_t iterations = 0;
    bool closed = false;
  };
  struct Task {
    TaskId id;
    std::string title, name;
    std::string outcome;  ///< "returned", "raised", "cancelled", "pending"
    std::string value;    ///< repr of the result or error
    std::uint64_t steps = 0;
    std::int64_t created = 0;  ///< ns
    std::int64_t ended = 0;    ///< ns; of the last event when pending
  };
  /// An error, a warning or a gap.
  struct Problem {
    EventIndex event = 0;
    std::int64_t ts = 0;
    std::string kind;  ///< "error", or the warning's rule, or "gap"
    std::string text;
    std::uint32_t line = 0;
  };

  TraceHeader header;
  std::size_t events = 0;
  std::int64_t first = 0, last = 0;  ///< ns
  std::array<std::size_t, kEventKinds> kinds{};
  std::vector<Loop> loops;
  std::vector<Task> tasks;
  std::vector<std::string> threads;
  std::vector<Problem> problems;
  std::vector<Finding> findings;
  std::size_t outputs = 0;
  // How the file was read; zero for a trace that was not.
  std::size_t unknown_kinds = 0, unknown_fields = 0;
  bool cut_last_line = false;

  std::uint64_t iterations() const;
};

TraceSummary summarize(const TraceStore& store);
TraceSummary summarize(const ReadTrace& trace);

/// For people, in lines of at most about 100 characters.
std::string summary_text(const TraceSummary& summary);
/// One JSON object, indented.
std::string summary_json(const TraceSummary& summary);

}  // namespace loopscope::traces
