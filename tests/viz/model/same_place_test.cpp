// The same place in a run of a program that was changed: real runs of real scenarios.
#include "viz/model/same_place.h"

#include <gtest/gtest.h>

#include "core/trace/event_reader.h"
#include "scenarios/load/loader.h"
#include "scenarios/run/runner.h"

namespace loopscope::viz {
namespace {

std::shared_ptr<traces::TraceStore> run(const std::string& body) {
  const std::string json = "{\"loopscope\": 1, \"program\": [" + body + "]}";
  const auto loaded = scenarios::load_scenario(json, "s");
  const auto* scenario = std::get_if<scenarios::Scenario>(&loaded);
  if (!scenario) {
    ADD_FAILURE() << json;
    return nullptr;
  }
  traces::TraceHeader header;
  header.listing = scenario->listing;
  auto store = std::make_shared<traces::TraceStore>(header);
  scenarios::Run(*scenario, {}, store.get(), {}).execute();
  store->finish();
  return store;
}

std::string worker(const std::string& extra = {}) {
  return R"j({"async def": "w(n)", "do": [)j" + extra +
         R"j("await asyncio.sleep(n)", "print(f'done {n}')"]},)j";
}

std::string main_function(const std::string& extra = {}, int count = 3) {
  return R"j({"async def": "main()", "do": [)j" + extra + "\"await asyncio.gather(*[w(i) for i in range(" +
         std::to_string(count) + ")])\"]}, \"asyncio.run(main())\"";
}

traces::EventIndex found(const traces::TraceStore& from, traces::EventIndex event,
                         const traces::TraceStore& to) {
  PlaceFinder finder(mark_place(from, event));
  const auto place = finder.look(to);
  EXPECT_TRUE(place.has_value());
  return place.value_or(0);
}

traces::EventIndex output(const traces::TraceStore& store, const std::string& text) {
  for (std::size_t k = 0; k < store.output_count(); ++k)
    if (store.output_line(k).text == text) return store.output_line(k).event;
  ADD_FAILURE() << text;
  return 0;
}

TEST(SamePlace, In_the_same_program_every_event_is_where_it_was) {
  const auto one = run(worker() + main_function()), two = run(worker() + main_function());
  for (traces::EventIndex i = 0; i < one->size(); ++i) ASSERT_EQ(found(*one, i, *two), i) << i;
}

TEST(SamePlace, What_was_put_in_before_moves_the_cursor_with_its_event) {
  const auto one = run(worker() + main_function());
  const auto two = run(worker("\"print('hello')\", ") + main_function("\"await asyncio.sleep(0.5)\", "));
  for (const char* text : {"done 0", "done 1", "done 2"}) {
    const auto from = output(*one, text), to = output(*two, text);
    ASSERT_NE(from, to);
    EXPECT_EQ(found(*one, from, *two), to);
    EXPECT_EQ(found(*two, to, *one), from);
    EXPECT_EQ(found(*one, from + 1, *two), to + 1);  // an event of the loop's own, right after
  }
}

TEST(SamePlace, A_place_that_is_gone_gives_way_to_the_last_of_its_kind) {
  const auto one = run(worker() + main_function()), two = run(worker() + main_function({}, 2));
  const auto place = found(*one, output(*one, "done 2"), *two);
  EXPECT_LT(place, two->size());
  const auto suspended = [](const traces::TraceStore& store, int n) {
    traces::EventIndex at = 0;
    for (; n > 0; --n) at = *store.next_of({EventKind::task_suspended}, at + 1);
    return at;
  };
  // Of four suspensions two are left: the last one that looks like it.
  const auto last = found(*one, suspended(*one, 4), *two);
  EXPECT_EQ(two->event(last).kind, EventKind::task_suspended);
}

TEST(SamePlace, Another_program_altogether_keeps_the_number_of_the_event) {
  const auto one = run(worker() + main_function()), two = run("\"x = 1\", \"y = 2\"");
  const auto place = output(*one, "done 2");
  EXPECT_EQ(found(*one, place, *two), two->size() - 1);
}

TEST(SamePlace, A_run_that_grows_is_looked_at_as_far_as_it_is) {
  const auto one = run(worker() + main_function());
  const auto place = output(*one, "done 1");
  PlaceFinder finder(mark_place(*one, place));
  traces::TraceStore growing(one->header());
  EXPECT_FALSE(finder.look(growing).has_value());
  // Finished without an event: nowhere.
  growing.finish();
  EXPECT_FALSE(finder.look(growing).has_value());
}

}  // namespace
}  // namespace loopscope::viz
