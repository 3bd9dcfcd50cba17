// What stepping shows does not depend on the way by which one came.
#include <gtest/gtest.h>
#include <map>

#include "tests/app/library_run.h"
#include "tests/support/chrome_export.h"
#include "traces/fold.h"
#include "traces/narration.h"
#include "traces/state_cursor.h"
#include "traces/state_dump.h"
#include "traces/stepping.h"

namespace {

using namespace loopscope;
using namespace loopscope::traces;

constexpr Granularity kGranularities[] = {Granularity::event,     Granularity::handle,
                                          Granularity::phase,     Granularity::iteration,
                                          Granularity::task_step, Granularity::output};

/// A scenario, and the loop model that it runs on.
class LibraryStepping : public testing::TestWithParam<std::tuple<std::string, std::string>> {
 protected:
  app::TracePtr store_ = testing_support::library_run(std::get<0>(GetParam()), std::get<1>(GetParam()));

  std::string dump(EventIndex i) const { return dump_state(*store_, store_->state_at(i)); }
};

TEST_P(LibraryStepping, The_state_at_every_event_is_the_fold_of_all_events_up_to_it) {
  LoopState folded;
  for (EventIndex i = 0; i < store_->size(); ++i) {
    apply(folded, *store_, store_->event(i), i);
    ASSERT_EQ(dump_state(*store_, folded), dump(i)) << "event " << i + 1;
  }
}

TEST_P(LibraryStepping, Back_to_the_start_and_forward_again_shows_the_same_states_at_every_granularity) {
  const EventIndex last = store_->size() - 1;
  for (const Granularity by : kGranularities) {
    StateCursor cursor(store_);
    std::map<EventIndex, std::string> seen;
    EventIndex at = last;
    seen[at] = dump_state(*store_, cursor.seek(at));
    const std::string end = seen[at];
    while (at > 0) {
      const EventIndex to = step_from(*store_, at, by, false);
      ASSERT_LT(to, at) << "a step back must go back";
      at = to;
      seen[at] = dump_state(*store_, cursor.seek(at));
    }
    std::size_t stops = 1;
    while (at < last) {
      const EventIndex to = step_from(*store_, at, by, true);
      ASSERT_GT(to, at) << "a step forward must go forward";
      at = to;
      ++stops;
      ASSERT_TRUE(seen.contains(at)) << "forward stops where back does not: event " << at + 1;
      ASSERT_EQ(dump_state(*store_, cursor.seek(at)), seen[at]) << "event " << at + 1;
    }
    EXPECT_EQ(stops, seen.size());
    EXPECT_EQ(dump_state(*store_, cursor.seek(at)), end);
  }
}

TEST_P(LibraryStepping, Every_event_has_a_sentence_and_a_place) {
  for (EventIndex i = 0; i < store_->size(); ++i) {
    const Narration said = narrate(*store_, i);
    EXPECT_FALSE(said.place.empty()) << "event " << i + 1;
    EXPECT_TRUE(said.text.ends_with('.') || said.text.find(": ") != std::string::npos ||
                said.text.ends_with("”"))
        << "event " << i + 1 << ": " << said.text;
    EXPECT_EQ(said.text.find("?"), std::string::npos) << "event " << i + 1 << ": " << said.text;
  }
}

TEST_P(LibraryStepping, The_chrome_export_keeps_the_rules_of_its_readers) {
  const testing_support::ChromeExport out(*store_);
  testing_support::expect_nesting(out);
  testing_support::expect_flows(out);
}

INSTANTIATE_TEST_SUITE_P(Library, LibraryStepping,
                         testing::Combine(testing::ValuesIn(testing_support::library_names()),
                                          testing::Values("asyncio", "drain", "trampoline")),
                         [](const auto& info) {
                           return testing_support::as_test_name(std::get<0>(info.param)) + "_on_" +
                                  std::get<1>(info.param);
                         });

}  // namespace
