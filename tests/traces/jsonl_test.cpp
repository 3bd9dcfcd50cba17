#include "traces/formats/jsonl.h"

#include <bit>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "core/trace/event_schema.h"
#include "tests/traces/trace_script.h"
#include "traces/formats/json_text.h"
#include "traces/state_dump.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;

std::string written(const TraceStore& store) {
  std::string text;
  EXPECT_TRUE(write_jsonl(store, [&](std::string_view part) {
    text += part;
    return true;
  }));
  return text;
}

std::shared_ptr<TraceStore> read(std::string_view text) {
  auto result = read_jsonl(text);
  if (const auto* error = std::get_if<TraceError>(&result)) {
    ADD_FAILURE() << error->line << ":" << error->column << " " << error->message;
    return std::make_shared<TraceStore>();
  }
  return std::get<ReadTrace>(result).store;
}

const std::string kHeader =
    R"({"loopscope_trace":1,"producer":"p","clock":"virtual","model":"asyncio","title":"t","scenario":null,"listing":null})"
    "\n";

std::string error_of(std::string_view line) {
  const auto result = read_jsonl(kHeader + std::string(line) + "\n");
  const auto* error = std::get_if<TraceError>(&result);
  if (error == nullptr) return "no error";
  return std::to_string(error->line) + ":" + std::to_string(error->column) + " " + error->message;
}

// Every kind once or more, with odd texts and numbers.
void write_everything(TraceSink& sink) {
  TraceScript s(sink);
  s.start();
  s.queue("a \"quoted\" \\ label");
  const TaskId task = s.create("täsk", "'A', 2", {}, 3, "named");
  s.tracer.advance_to(123'456'789);
  s.begin_iteration();
  const HandleId handle = s.take();
  for (int k = 0; k < kEventKinds; ++k) {
    const auto kind = static_cast<EventKind>(k);
    if (kind == EventKind::handle_begin || kind == EventKind::handle_end || kind == EventKind::loop_created)
      continue;
    TraceEvent e = make::plain(kind, s.loop, 1);
    s.tracer.emit(e, {{TextField::text, "line\nbreak\ttab \x01 ü"},
                      {TextField::end, ""},
                      {TextField::value, "'v'"},
                      {TextField::args, "1"}});
    s.emit(e);
  }
  s.suspend(task, {WaitKind::queue, 5, s.label("jobs")}, 4);
  s.suspend(task, {WaitKind::yield, 0, {}}, 0);
  for (const double when : {0.1 + 0.2, 1e16, 1e-5, 123456789.0, 100000.0, 5e-324, 1.7976931348623157e308,
                            -0.0, std::numeric_limits<double>::infinity()})
    s.schedule(when, "t");
  s.emit(make::select_begin_for_ever(s.loop));
  s.end_handle(handle);
  s.tracer.set_thread(ThreadId{2});
  s.emit(make::thread_started(s.label("worker")));
  s.emit(make::plain(EventKind::job_begin, {}, 1));
  s.emit(make::output({}, {}, 3));
  s.emit(make::output(s.loop, {}, 3));
  s.emit(make::plain(EventKind::gap, {}, ~std::uint64_t{0}));
}

TEST(Jsonl, Writing_reading_and_writing_again_gives_the_same_bytes) {
  TraceStore everything({.producer = "p",
                         .title = "ü",
                         .scenario_json = "{\n \"b\": 1.50, // c\n \"a\": [1]}",
                         .listing = {"x", ""},
                         .has_listing = true,
                         .started_at = {}});
  write_everything(everything);
  TraceStore random;
  TraceScript script(random);
  test::write_random(script, 9, 200, [](const TraceScript&) {});
  const auto lifecycle = test::lifecycle();
  for (const TraceStore* store :
       std::initializer_list<const TraceStore*>{&everything, &random, lifecycle.get()}) {
    const std::string once = written(*store);
    const auto again = read(once);
    ASSERT_EQ(again->size(), store->size());
    EXPECT_EQ(written(*again), once);
  }
}

TEST(Jsonl, A_read_trace_has_the_same_events_and_states) {
  const auto store = test::lifecycle();
  const auto again = read(written(*store));
  ASSERT_EQ(again->size(), store->size());
  for (EventIndex i = 0; i < store->size(); ++i) {
    EXPECT_EQ(again->event(i).ts, store->event(i).ts);
    EXPECT_EQ(again->event(i).kind, store->event(i).kind);
    EXPECT_EQ(again->running_handle(i), store->running_handle(i));
    ASSERT_EQ(dump_state(*again, again->state_at(i)), dump_state(*store, store->state_at(i))) << i;
  }
  EXPECT_EQ(again->header().listing, store->header().listing);
  EXPECT_EQ(again->header().title, store->header().title);
}

TEST(Jsonl, The_live_writer_writes_the_same_bytes_as_the_export_of_the_store) {
  for (const bool everything : {false, true}) {
    TraceStore store;
    std::string live;
    {
      JsonlWriter writer({}, [&](std::string_view part) {
        live += part;
        return true;
      });
      if (everything)
        write_everything(writer);
      else
        test::write_lifecycle(writer);
    }
    if (everything)
      write_everything(store);
    else
      test::write_lifecycle(store);
    EXPECT_EQ(live, written(store));
  }
}

TEST(Jsonl, What_is_written_at_the_end_of_an_iteration_is_handed_over_at_once) {
  std::string live;
  JsonlWriter writer({}, [&](std::string_view part) {
    live += part;
    return true;
  });
  EXPECT_NE(live.find("loopscope_trace"), std::string::npos);
  TraceScript s(writer);
  s.start();
  s.queue("x");
  s.begin_iteration();
  const std::size_t before = live.size();
  s.end_handle(s.take());
  EXPECT_EQ(live.size(), before);
  s.end_iteration();
  EXPECT_TRUE(live.ends_with("\"ev\":\"iteration.end\",\"loop\":1,\"n\":1}\n"));
  s.tracer.emit(make::output({}, {}, 1), {{TextField::text, "said"}});
  EXPECT_NE(live.find("said"), std::string::npos);
}

TEST(Jsonl, A_writer_that_cannot_write_says_so_and_writes_no_more) {
  int calls = 0;
  JsonlWriter writer({}, [&](std::string_view) { return ++calls < 3; });
  EXPECT_TRUE(writer.ok());
  test::write_lifecycle(writer);
  EXPECT_FALSE(writer.ok());
  EXPECT_EQ(calls, 3);
  EXPECT_FALSE(write_jsonl(*test::lifecycle(), [](std::string_view) { return false; }));
}

TEST(Jsonl, Lines_are_as_the_format_says) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId task = s.create("task", "'A', 2", {}, 10);
  s.begin_iteration();
  s.take();
  s.step(task);
  s.sleep(task, 1, 5, "sleep(1)");
  const std::string text = written(store);
  const auto has = [&](const char* line) {
    EXPECT_NE(text.find(std::string("\n") + line + "\n"), std::string::npos) << line << "\n" << text;
  };
  has(R"({"ts":0,"ev":"thread.started","thread":1,"name":"MainThread"})");
  has(R"({"ts":0,"ev":"loop.created","loop":1,"thread":1,"model":"asyncio","debug":false})");
  has(R"({"ts":0,"ev":"task.created","loop":1,"task":1,"name":"Task-1","named":false,"coro":"task","args":"'A', 2","parent":null,"line":10})");
  has(R"({"ts":0,"ev":"handle.queued","loop":1,"handle":2,"label":"task","cause":"task_step","by":null,"task":1,"future":null,"of_task":null})");
  has(R"({"ts":0,"ev":"select.begin","loop":1,"timeout":0.0})");
  has(R"~({"ts":0,"ev":"timer.scheduled","loop":1,"handle":3,"when":1.0,"label":"sleep(1)","by":2})~");
  has(R"({"ts":0,"ev":"task.suspended","loop":1,"task":1,"on":{"kind":"sleep","id":3},"line":5,"stack":["coro:5"]})");
}

TEST(Jsonl, Thread_is_named_only_when_it_is_not_the_usual_one) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.tracer.set_thread(ThreadId{2});
  s.queue("threadsafe", {.cause = Cause::threadsafe});
  s.emit(make::line({}, {}, 3));
  s.emit(make::loop_created(LoopId{2}, s.label("asyncio"), false));
  s.emit(make::plain(EventKind::iteration_begin, LoopId{2}, 1));
  const std::string text = written(store);
  EXPECT_NE(text.find(R"("ev":"handle.queued","loop":1,"thread":2,"handle")"), std::string::npos);
  EXPECT_NE(text.find(R"("ev":"line","thread":2,"task":null)"), std::string::npos);
  EXPECT_NE(text.find(R"("ev":"iteration.begin","loop":2,"n":1)"), std::string::npos);
  const auto again = read(text);
  for (EventIndex i = 0; i < store.size(); ++i) EXPECT_EQ(again->event(i).thread, store.event(i).thread);
}

TEST(Jsonl, Seconds_are_written_as_python_writes_them) {
  const auto shown = [](double value) {
    std::string out;
    json::append_double(out, value);
    return out;
  };
  EXPECT_EQ(shown(1), "1.0");
  EXPECT_EQ(shown(100000), "100000.0");
  EXPECT_EQ(shown(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(shown(1e16), "1e+16");
  EXPECT_EQ(shown(1e-9), "1e-09");
  EXPECT_EQ(shown(0.0001), "0.0001");
  EXPECT_EQ(shown(0.00001), "1e-05");
  EXPECT_EQ(shown(-0.0), "-0.0");
  EXPECT_EQ(shown(std::nan("")), "null");
}

TEST(Jsonl, A_cut_last_line_is_dropped_and_noted) {
  const std::string whole = written(*test::lifecycle());
  const std::size_t events = test::lifecycle()->size();
  const std::size_t last = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t cut = last + 1; cut < whole.size() - 1; ++cut) {
    auto result = read_jsonl(whole.substr(0, cut));
    ASSERT_TRUE(std::holds_alternative<ReadTrace>(result)) << cut;
    EXPECT_TRUE(std::get<ReadTrace>(result).cut_last_line);
    EXPECT_EQ(std::get<ReadTrace>(result).store->size(), events - 1);
  }
  EXPECT_FALSE(std::get<ReadTrace>(read_jsonl(whole.substr(0, whole.size() - 1))).cut_last_line);
}

TEST(Jsonl, A_broken_line_that_is_not_the_last_is_an_error_with_its_place) {
  const std::string good = R"({"ts":0,"ev":"loop.idle","loop":1})";
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"loop.idle","loop":1)"), "2:34 expected ',' or '}'");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"loop.idle","loop":1}})"), "2:35 expected the end of the line");
  EXPECT_EQ(error_of(R"({"ts":1.5,"ev":"loop.idle"})"), "2:7 \"ts\": expected a whole number");
  EXPECT_EQ(error_of(R"({"ts":0,"loop":1})"), "2:1 the event has no \"ev\"");
  EXPECT_EQ(error_of(R"({"ev":"loop.idle"})"), "2:1 the event has no \"ts\"");
  EXPECT_EQ(error_of(R"({"ts":0,"ts":0,"ev":"loop.idle"})"), "2:14 the field \"ts\" stands here twice");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"loop.idle","loop":65536})"), "2:33 \"loop\" is at most 65535");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"loop.idle","thread":256})"), "2:35 \"thread\" is at most 255");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"handle.end","loop":1,"handle":1000000000000000000})"),
            "2:45 \"handle\": the number is too large");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"handle.end","loop":1,"handle":"x"})"),
            "2:45 \"handle\": expected a number");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"loop.run","loop":1,"how":"walk"})").substr(0, 35),
            "2:40 \"how\": unknown value \"walk\"; k");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"loop.run","loop":1})"), "2:1 the event has no \"how\"");
  EXPECT_EQ(error_of("{\"ts\":0,\"ev\":\"world\",\"text\":\"\xff\"}"),
            "2:30 \"text\": the text is not UTF-8");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"world","text":"\ud800"})"), "2:30 \"text\": half a surrogate pair");
  EXPECT_EQ(error_of(R"({"ts":0,"ev":"task.suspended","loop":1,"task":1,"on":{},"line":1,"stack":null})"),
            "2:56 \"on\": expected a \"kind\"");
  EXPECT_EQ(
      error_of(R"({"ts":0,"ev":"task.suspended","loop":1,"task":1,"on":{"kind":"yield"},"stack":["x"]})"),
      "2:80 \"stack\": expected \"function:line\"");
  EXPECT_EQ(error_of(good), "no error");
  const auto third = read_jsonl(kHeader + good + "\nnonsense\n" + good + "\n");
  EXPECT_EQ(std::get<TraceError>(third).line, 3u);
}

TEST(Jsonl, Unknown_kinds_and_fields_are_counted_and_left_out) {
  const auto result =
      read_jsonl(kHeader + R"({"ts":0,"ev":"loop.danced","loop":1,"with":{"deep":[1,{"a":null}]}})"
                           "\n"
                           R"({"ts":0,"ev":"loop.idle","loop":1,"colour":"red","x":[[],{}]})"
                           "\n");
  const auto& trace = std::get<ReadTrace>(result);
  EXPECT_EQ(trace.unknown_kinds, 1u);
  EXPECT_EQ(trace.unknown_fields, 2u);
  EXPECT_EQ(trace.store->size(), 1u);
}

TEST(Jsonl, The_order_of_fields_does_not_matter) {
  const auto store = read(kHeader + R"( { "handle" : 3 , "loop":1, "ev" : "handle.end", "ts":7 } )"
                                    "\r\n\n");
  ASSERT_EQ(store->size(), 1u);
  EXPECT_EQ(store->event(0).ts, 7);
  EXPECT_EQ(store->event(0).subject, 3u);
}

TEST(Jsonl, A_later_format_and_other_files_are_refused_clearly) {
  const auto message = [](std::string_view text) { return std::get<TraceError>(read_jsonl(text)).message; };
  EXPECT_EQ(message("{\"loopscope_trace\":2}\n"),
            "this trace is of format 2, and this loopscope reads format 1; use a later loopscope");
  EXPECT_EQ(message("{\"title\":\"x\"}\n"),
            "this is no loopscope trace: its first line has no \"loopscope_trace\"");
  EXPECT_EQ(message(""), "the file is empty");
  EXPECT_FALSE(message("[1]\n").empty());
  EXPECT_FALSE(message("\x7f"
                       "ELF")
                   .empty());
  EXPECT_TRUE(looks_like_trace(kHeader));
  EXPECT_TRUE(looks_like_trace(" {\"producer\":\"x\",\"loopscope_trace\":1}"));
  EXPECT_FALSE(looks_like_trace("{\"program\":[]}"));
  EXPECT_FALSE(looks_like_trace(""));
  EXPECT_FALSE(looks_like_trace("{\n\"loopscope_trace\":1}"));
}

TEST(Jsonl, Deep_nesting_is_an_error_not_a_crash) {
  const std::string deep(1'000'000, '[');
  EXPECT_NE(error_of("{\"ts\":0,\"ev\":\"loop.idle\",\"x\":" + deep).find("too deeply nested"),
            std::string::npos);
  const auto header = read_jsonl("{\"loopscope_trace\":1,\"scenario\":" + deep);
  EXPECT_NE(std::get<TraceError>(header).message.find("too deeply nested"), std::string::npos);
}

// What damaged bytes make of a trace is an error or another trace, never a crash; with
// every state folded, so that no event that was read can harm the fold.
TEST(Jsonl, Damaged_traces_never_crash_the_reader_or_the_fold) {
  const std::string whole = written(*test::lifecycle());
  std::mt19937 random(17);
  for (int n = 0; n < 2000; ++n) {
    std::string text = whole.substr(0, 6000);
    for (std::uint32_t k = random() % 4 + 1; k > 0; --k) {
      const std::size_t at = kHeader.size() / 2 + random() % (text.size() - kHeader.size() / 2);
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, random() % 40);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 60));
          break;
        default:
          text[at] = static_cast<char>('0' + random() % 10);
          break;
      }
    }
    const auto result = read_jsonl(text);
    if (const auto* trace = std::get_if<ReadTrace>(&result))
      if (const std::size_t size = trace->store->size())
        dump_state(*trace->store, trace->store->state_at(size - 1));
  }
}

TEST(Jsonl, Ids_of_any_size_in_any_order_take_no_memory) {
  std::string text = kHeader;
  std::mt19937_64 random(5);
  for (int n = 0; n < 4000; ++n) {
    const auto id = std::to_string(static_cast<std::uint32_t>(random()) >> (random() % 32));
    const char* kKinds[] = {"task.created",    "future.created", "timer.scheduled", "task.cancel",
                            "timer.cancelled", "handle.begin",   "fd.watched"};
    const char* kNames[] = {"task", "future", "handle", "task", "handle", "handle", "fd"};
    const std::size_t k = random() % 7;
    text += "{\"ts\":0,\"ev\":\"" + std::string(kKinds[k]) +
            "\",\"loop\":" + std::to_string(random() % 65536) + ",\"" + kNames[k] + "\":" + id + "}\n";
  }
  const auto store = read(text);
  const LoopState state = store->state_at(store->size() - 1);
  EXPECT_LT(state.bytes_made(), std::size_t{512} << 20);
  EXPECT_LE(state.tasks.size(), 4000u + 65536u);
}

}  // namespace
}  // namespace loopscope::traces
