// Events are packed, described and read in one way only.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "core/trace/events.h"
#include "core/trace/tracer.h"
#include "tests/support/recording_sink.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;

constexpr LoopId kLoop{9};

/// What a trace line says of `event`, whose labels and stack are those of `tracer`.
class Shown {
 public:
  std::string operator()(const TraceEvent& event, std::initializer_list<EventText> texts = {}) {
    tracer.emit(event, texts);
    return sink.lines().back().text;
  }
  LabelId label(std::string_view text) { return tracer.label(text); }
  StackId stack() { return tracer.stack(tracer.stack({}, label("main"), 3), label("work"), 7); }

 private:
  RecordingSink sink;
  Tracer tracer{&sink};
};

TEST(EventSchema, Describes_what_the_makers_of_loop_and_timer_events_pack) {
  Shown shown;
  EXPECT_EQ(shown(make::loop_created(kLoop, shown.label("asyncio"), true)),
            "loop.created model=asyncio debug=true");
  EXPECT_EQ(shown(make::loop_run(kLoop, RunHow::run_until_complete, TaskId{4})),
            "loop.run how=run_until_complete task=4");
  EXPECT_EQ(shown(make::select_begin_for_ever(kLoop)), "select.begin");
  EXPECT_EQ(shown(make::select_begin(kLoop, 0.25)), "select.begin timeout=0.25");
  EXPECT_EQ(shown(make::timers_end(kLoop, 3, 2)), "timers.end promoted=3 purged=2");
  EXPECT_EQ(shown(make::timer_promoted(kLoop, HandleId{5}, 1.5)), "timer.promoted handle=5 when=1.5");
  EXPECT_EQ(shown(make::timer_purged(kLoop, HandleId{5}, true)), "timer.purged handle=5 bulk=true");
  EXPECT_EQ(shown(make::timer_scheduled(kLoop, HandleId{5}, 2, shown.label("cb"))),
            "timer.scheduled handle=5 when=2 label=cb");
  EXPECT_EQ(shown(make::io_ready(kLoop, 4, kReadable | kWritable, HandleId{6})),
            "io.ready fd=4 mask=rw handle=6");
  EXPECT_EQ(shown(make::plain(EventKind::iteration_begin, kLoop, 12)), "iteration.begin n=12");
  EXPECT_EQ(shown(make::plain(EventKind::ready_begin, kLoop, 0, 8)), "ready.begin count=8");
  EXPECT_EQ(shown(make::plain(EventKind::select_end, kLoop, 0, 2)), "select.end ready=2");
}

TEST(EventSchema, Describes_what_the_makers_of_handle_and_task_events_pack) {
  Shown shown;
  EXPECT_EQ(shown(make::handle_queued(kLoop, HandleId{7}, shown.label("main"),
                                      {Cause::task_wakeup, TaskId{2}, FutureId{3}, TaskId{4}})),
            "handle.queued handle=7 label=main cause=task_wakeup task=2 future=3 of_task=4");
  EXPECT_EQ(shown(make::task_created(kLoop,
                                     {TaskId{2}, shown.label("A"), true, shown.label("work"), TaskId{1}, 31}),
                  {{TextField::args, "'A', 2"}}),
            "task.created task=2 name=A named=true coro=work args='A', 2 parent=1 line=31");
  EXPECT_EQ(shown(make::task_created(
                kLoop, {.task = TaskId{2}, .name = shown.label("A"), .coro = shown.label("f")})),
            "task.created task=2 name=A named=false coro=f");
  EXPECT_EQ(shown(make::task_renamed(kLoop, TaskId{2}, shown.label("B"))), "task.renamed task=2 name=B");
  EXPECT_EQ(shown(make::task_step(kLoop, TaskId{2}, shown.label("CancelledError"))),
            "task.step task=2 throws=CancelledError");
  EXPECT_EQ(shown(make::task_suspended(kLoop, TaskId{2}, {WaitKind::queue, 5, shown.label("Queue")}, 31,
                                       shown.stack())),
            "task.suspended task=2 on=queue:5(Queue) line=31 stack=main:3>work:7");
  EXPECT_EQ(shown(make::task_suspended(kLoop, TaskId{2}, {}, 0, {})), "task.suspended task=2 on=yield");
  EXPECT_EQ(shown(make::task_done(kLoop, TaskId{2}, Outcome::returned), {{TextField::value, "7"}}),
            "task.done task=2 outcome=returned value=7");
  EXPECT_EQ(shown(make::future_created(kLoop, FutureId{3}, shown.label("gather"))),
            "future.created future=3 label=gather");
  EXPECT_EQ(shown(make::future_done(kLoop, FutureId{3}, Outcome::cancelled)),
            "future.done future=3 outcome=cancelled");
}

TEST(EventSchema, Describes_what_the_makers_of_other_events_pack) {
  Shown shown;
  EXPECT_EQ(shown(make::fd_watched(kLoop, 4, kReadable, HandleId{1}, shown.label("_read_from_self"))),
            "fd.watched fd=4 mask=r handle=1 label=_read_from_self");
  EXPECT_EQ(shown(make::fd_unwatched(kLoop, 4, kWritable)), "fd.unwatched fd=4 mask=w");
  EXPECT_EQ(shown(make::thread_started(shown.label("MainThread"))), "thread.started name=MainThread");
  EXPECT_EQ(shown(make::thread_ended()), "thread.ended");
  EXPECT_EQ(shown(make::output(kLoop, TaskId{1}, 4), {{TextField::text, "hello"}, {TextField::end, ""}}),
            "output text=hello task=1 line=4");
  EXPECT_EQ(shown(make::line(kLoop, TaskId{1}, 4)), "line task=1 line=4");
  EXPECT_EQ(shown(make::error(kLoop, TaskId{1}, 4), {{TextField::text, "oh"}}),
            "error text=oh task=1 line=4");
  EXPECT_EQ(shown(make::warning(kLoop, shown.label("starvation"), 4), {{TextField::text, "oh"}}),
            "warning rule=starvation text=oh line=4");
}

TEST(EventReader, Reads_what_the_makers_pack) {
  const LabelId label{0xabcdef};
  const TraceEvent queued =
      make::handle_queued(kLoop, HandleId{7}, label, {Cause::io, TaskId{2}, FutureId{3}, TaskId{4}});
  EXPECT_EQ(field::handle(queued), HandleId{7});
  EXPECT_EQ(field::high_label(queued), label);
  EXPECT_EQ(field::cause(queued), Cause::io);
  EXPECT_EQ(field::queued_task(queued), TaskId{2});
  EXPECT_EQ(field::queued_by_future(queued), FutureId{3});
  EXPECT_EQ(field::queued_by_task(queued), TaskId{4});
  const TraceEvent created = make::task_created(kLoop, {TaskId{2}, label, true, LabelId{6}, TaskId{1}, 31});
  EXPECT_EQ(field::task(created), TaskId{2});
  EXPECT_EQ(field::parent(created), TaskId{1});
  EXPECT_EQ(field::label(created), label);
  EXPECT_EQ(field::coro(created), LabelId{6});
  EXPECT_EQ(field::created_line(created), 31u);
  EXPECT_TRUE(field::named(created));
  const TraceEvent suspended =
      make::task_suspended(kLoop, TaskId{2}, {WaitKind::lock, 5, label}, 31, StackId{8});
  EXPECT_EQ(field::wait_kind(suspended), WaitKind::lock);
  EXPECT_EQ(field::wait_id(suspended), 5u);
  EXPECT_EQ(field::wait_label(suspended), label);
  EXPECT_EQ(field::line(suspended), 31u);
  EXPECT_EQ(field::stack(suspended), StackId{8});
  const TraceEvent promoted = make::timer_promoted(kLoop, HandleId{5}, 0.1);
  EXPECT_EQ(field::seconds(promoted), 0.1);
  EXPECT_EQ(field::fd(make::io_ready(kLoop, 4, kWritable, HandleId{6})), 4u);
  EXPECT_EQ(field::mask(make::io_ready(kLoop, 4, kWritable, HandleId{6})), kWritable);
  const TraceEvent watched = make::fd_watched(kLoop, 4, kReadable, HandleId{1}, label);
  EXPECT_EQ(field::fd(watched), 4u);
  EXPECT_EQ(field::watch_handle(watched), HandleId{1});
  EXPECT_EQ(field::promoted(make::timers_end(kLoop, 3, 2)), 3u);
  EXPECT_EQ(field::purged(make::timers_end(kLoop, 3, 2)), 2u);
}

TEST(EventSchema, Keeps_every_field_apart_from_its_neighbours) {
  for (int k = 0; k < kEventKinds; ++k) {
    const KindSpec& spec = kind_spec(static_cast<EventKind>(k));
    for (const FieldSpec& field : spec.fields) {
      if (field.bits.word == FieldBits::Word::none) continue;
      TraceEvent event;
      const std::uint64_t all =
          field.bits.width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << field.bits.width) - 1;
      set_bits(event, field.bits, all);
      EXPECT_EQ(get_bits(event, field.bits), all) << spec.name << " " << field.name;
      for (const FieldSpec& other : spec.fields) {
        if (&other == &field || other.bits.word == FieldBits::Word::none) continue;
        EXPECT_EQ(get_bits(event, other.bits), 0u)
            << spec.name << ": " << field.name << " touches " << other.name;
      }
    }
  }
}

TEST(EventSchema, Finds_every_kind_by_its_name_and_no_other) {
  std::set<std::string_view> names;
  for (int k = 0; k < kEventKinds; ++k) {
    const auto kind = static_cast<EventKind>(k);
    names.insert(to_string(kind));
    ASSERT_NE(find_kind(to_string(kind)), nullptr);
    EXPECT_EQ(find_kind(to_string(kind))->kind, kind);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kEventKinds));
  EXPECT_EQ(find_kind("handle.eaten"), nullptr);
  EXPECT_EQ(to_string(Cause::future_callback), "future_callback");
  EXPECT_EQ(to_string(WaitKind::executor), "executor");
}

/// Keeps the definitions that come with each event.
struct DefinitionSink final : TraceSink {
  void write(const TraceEvent&, std::span<const TraceRecord> records) override {
    std::string line;
    for (const TraceRecord& r : records)
      line +=
          (r.type == TraceRecord::Type::label   ? "label " + std::to_string(r.id) + "=" + std::string(r.text)
           : r.type == TraceRecord::Type::stack ? "stack " + std::to_string(r.id)
                                                : "text " + std::string(r.text)) +
          ";";
    lines.push_back(line);
  }
  std::vector<std::string> lines;
};

TEST(Tracer, Defines_each_label_and_stack_node_once_with_the_first_event_after_it) {
  DefinitionSink sink;
  Tracer tracer(&sink);
  const LabelId a = tracer.label("a");
  EXPECT_EQ(tracer.label("a"), a);
  const StackId node = tracer.stack({}, a, 1);
  EXPECT_EQ(tracer.stack({}, a, 1), node);
  EXPECT_NE(tracer.stack({}, a, 2), node);
  tracer.emit(make::thread_started(a), {{TextField::text, "x"}});
  tracer.label("b");
  tracer.emit(make::thread_ended());
  tracer.emit(make::thread_ended());
  EXPECT_THAT(sink.lines, ElementsAre("label 1=a;stack 1;stack 2;text x;", "label 2=b;", ""));
  EXPECT_EQ(tracer.label_text(a), "a");
  EXPECT_EQ(tracer.emitted(), 3u);
}

TEST(Tracer, Stamps_time_that_never_goes_back_and_the_thread) {
  RecordingSink sink;
  Tracer tracer(&sink);
  tracer.advance_to(500);
  tracer.advance_to(400);
  tracer.set_thread(ThreadId{3});
  tracer.emit(make::thread_ended());
  EXPECT_EQ(sink.events()[0].ts, 500);
  EXPECT_EQ(sink.events()[0].thread, 3);
}

TEST(Tracer, Without_a_sink_gives_the_same_ids_and_writes_nothing) {
  Tracer tracer;
  EXPECT_EQ(tracer.ids().next_handle(), HandleId{1});
  EXPECT_EQ(tracer.ids().next_handle(), HandleId{2});
  EXPECT_EQ(tracer.label("a"), LabelId{1});
  tracer.emit(make::thread_ended());
  EXPECT_EQ(tracer.emitted(), 0u);
}

}  // namespace
}  // namespace loopscope::test
