#pragma once

#include "core/trace/tracer.h"

namespace loopscope {

/// Emits the closing event of a pair when it goes out of scope, also when an exception
/// passes through: open pairs are always closed. The opening event is emitted at once.
class EventPair {
 public:
  EventPair(Tracer& tracer, const TraceEvent& begin, const TraceEvent& end) : end(end), tracer_(tracer) {
    tracer_.emit(begin);
  }
  ~EventPair() {
    try {
      tracer_.emit(end);
    } catch (...) {  // a sink that fails has failed for the events before, too
    }
  }
  EventPair(const EventPair&) = delete;
  EventPair& operator=(const EventPair&) = delete;

  TraceEvent end;  ///< what will be emitted; may be filled in until then

 private:
  Tracer& tracer_;
};

}  // namespace loopscope
