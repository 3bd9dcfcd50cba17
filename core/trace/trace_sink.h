#pragma once

#include <span>

#include "core/trace/event.h"
#include "core/trace/record.h"

namespace loopscope {

/// Receives a trace. A sink must not call back into the loop, and nothing that it
/// does can change the order of the loop's work.
class TraceSink {
 public:
  virtual ~TraceSink() = default;

  /// Takes one event and the records that belong to it. Definitions of labels and
  /// stack nodes stand before texts. Calls come in the trace's total order, one at a time.
  virtual void write(const TraceEvent& event, std::span<const TraceRecord> records) = 0;
};

}  // namespace loopscope
