#pragma once

#include <memory>
#include <string>

#include "tests/viz/sample_trace.h"

namespace loopscope::viz {

/// The lesson of the tests: three questions on the run of `lifecycle`, told between two stops.
inline const char* kLesson = R"j({"loopscope":1,"lesson":[
 {"at":"line 12","say":"Two tasks\nmain has made `A` and `B`; neither has run."},
 {"at":"iteration 2","say":"Who starts?","ask":"Which handle runs next?","choices":["B","`A` starts"],"answer":2},
 {"at":"output 'B: starting'","ask":"What is printed next?","choices":["A: done","`B: done`","nothing"],"answer":2},
 {"at":"iteration 2","ask":"Which one now?"},
 {"at":"output 'C'","say":"never"},
 {"at":"end","say":"That is all."}]})j";

inline std::shared_ptr<traces::TraceStore> lesson_trace(std::string scenario = kLesson) {
  traces::TraceHeader header;
  header.title = "Two tasks share one loop";
  header.scenario_json = std::move(scenario);
  header.listing = sample_listing();
  header.has_listing = true;
  auto store = std::make_shared<traces::TraceStore>(header);
  SampleTraceWriter(*store).write();
  store->finish();
  return store;
}

}  // namespace loopscope::viz
