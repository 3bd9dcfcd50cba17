#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::viz {

/// A row of the program's output, as a terminal would show it: prints with newlines in
/// them make several rows, prints that end without one share a row.
struct OutputRow {
  std::string text;
  traces::EventIndex event = 0;  ///< the first print that is part of it
  std::int64_t ts = 0;
  LoopId loop;
  std::uint64_t iteration = 0;  ///< 0 = outside iterations
  TaskId task;
  /// After `event` at index .first, the row is `.second` bytes long. In order.
  std::vector<std::pair<traces::EventIndex, std::size_t>> growth;

  /// What stands there after event `cursor`.
  std::string_view text_at(traces::EventIndex cursor) const;
};

/// All output of a trace as rows.
class OutputRows {
 public:
  /// Takes the outputs of `store` that begin before `size`.
  void rebuild(const traces::TraceStore& store, std::size_t size);

  const std::vector<OutputRow>& rows() const { return rows_; }
  /// How many rows have begun by event `cursor`.
  std::size_t rows_at(traces::EventIndex cursor) const;

 private:
  void add(const traces::OutputLine& line, std::int64_t ts, std::string_view end);

  std::vector<OutputRow> rows_;
  bool open_ = false;  // the last row's print did not end with a newline
};

}  // namespace loopscope::viz
