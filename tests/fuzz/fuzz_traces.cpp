#include <string>

#include "tests/fuzz/entries.h"
#include "traces/await_tree.h"
#include "traces/explain.h"
#include "traces/findings/finding.h"
#include "traces/formats/bookmarks.h"
#include "traces/formats/chrome.h"
#include "traces/formats/jsonl.h"
#include "traces/narration.h"
#include "traces/range_stats.h"
#include "traces/search.h"
#include "traces/selector.h"
#include "traces/state_cursor.h"
#include "traces/state_dump.h"
#include "traces/summary.h"
#include "traces/why.h"

namespace loopscope::fuzz {
namespace {

using namespace traces;

std::string written(const TraceStore& store) {
  std::string text;
  write_jsonl(store, [&](std::string_view part) {
    text += part;
    return true;
  });
  return text;
}

/// What is read can be written, and that reads back to the same bytes.
void write_again(const TraceStore& store) {
  const std::string once = written(store);
  const auto again = read_jsonl(once);
  must(std::holds_alternative<ReadTrace>(again), "what the writer writes can be read");
  const ReadTrace& trace = std::get<ReadTrace>(again);
  must(trace.unknown_kinds + trace.unknown_fields == 0 && !trace.cut_last_line,
       "the writer writes what the reader knows");
  must(trace.store->size() == store.size(), "writing keeps all events");
  must(written(*trace.store) == once, "writing, reading and writing gives the same bytes");
}

/// As a viewer walks: every state, forwards, and back in jumps.
void walk(const std::shared_ptr<const TraceStore>& store) {
  StateCursor cursor(store);
  const std::size_t size = store->size();
  for (EventIndex i = 0; i < size; i += 1 + size / 200) {
    const LoopState& state = cursor.seek(i);
    dump_state(*store, state);
    narrate(*store, i);
    await_tree(state);
    for (const TaskId task : store->tasks()) why_waiting(*store, state, i, task);
  }
  for (EventIndex i = size; i-- > size / 2; i -= i / 5)
    must(dump_state(*store, cursor.seek(i)) == dump_state(*store, store->state_at(i)),
         "a cursor's state is the trace's");
}

void ask(const TraceStore& store) {
  if (store.size() > 0) range_stats(store, 0, store.size() - 1);
  for (const Finding& finding : find_all(store)) finding_text(finding);
  const TraceSummary summary = summarize(store);
  summary_text(summary);
  summary_json(summary);
  search(store, "a");
  search(store, "#1");
  for (const char* selector : {"end", "iteration 1", "line 1", "task A done", "time 0", "output 'a'"})
    select_event(store, selector);
  const auto drop = [](std::string_view) { return true; };
  explain(store, ExplainAs::markdown, drop);
  write_chrome(store, drop);
}

}  // namespace

void fuzz_traces(std::string_view bytes) {
  looks_like_trace(bytes);
  if (const auto bookmarks = parse_bookmarks(std::string(bytes)))
    must(parse_bookmarks(bookmarks_json(*bookmarks)) == bookmarks, "bookmarks read back");
  const auto read = read_jsonl(bytes);
  if (const auto* error = std::get_if<TraceError>(&read)) {
    must(!error->message.empty() && error->line > 0, "a broken trace says what is wrong, and where");
    return;
  }
  const std::shared_ptr<TraceStore> store = std::get<ReadTrace>(read).store;
  write_again(*store);
  walk(store);
  ask(*store);
}

}  // namespace loopscope::fuzz
