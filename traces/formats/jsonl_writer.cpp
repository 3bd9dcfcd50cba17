#include <functional>
#include <unordered_map>

#include "traces/formats/event_text.h"
#include "traces/formats/jsonl.h"
#include "traces/text_arena.h"

namespace loopscope::traces {
namespace {

constexpr std::size_t kFull = 1 << 16;

// After these the file is whole for a reader that comes now.
constexpr KindSet kFlushAfter{
    EventKind::iteration_end,  EventKind::loop_idle,    EventKind::loop_closed, EventKind::error,
    EventKind::thread_started, EventKind::thread_ended, EventKind::gap};
// And outside iterations, what a person waits for.
constexpr KindSet kFlushOutside{EventKind::output, EventKind::warning, EventKind::loop_created};

// The definitions seen so far, and the texts of the event at hand.
class StreamTexts final : public EventTexts {
 public:
  void take(std::span<const TraceRecord> records) {
    texts_.clear();
    for (const TraceRecord& r : records) {
      switch (r.type) {
        case TraceRecord::Type::label:
          labels_[r.id] = arena_.keep(r.text);
          break;
        // A parent is defined before its children, so that walking up always ends.
        case TraceRecord::Type::stack:
          stacks_[r.id] = {r.parent < r.id ? r.parent : 0, LabelId{r.function}, r.line};
          break;
        case TraceRecord::Type::text:
          texts_.push_back(r);
          break;
      }
    }
  }
  std::string_view label(LabelId id) const override {
    const auto found = labels_.find(id.value);
    return found != labels_.end() ? found->second : std::string_view();
  }
  std::vector<TraceStore::StackFrame> stack(StackId id) const override {
    std::vector<TraceStore::StackFrame> frames;
    for (auto at = stacks_.find(id.value); at != stacks_.end(); at = stacks_.find(at->second.parent))
      frames.push_back({label(at->second.function), at->second.line});
    return {frames.rbegin(), frames.rend()};
  }
  std::optional<std::string_view> text(TextField field) const override {
    for (const TraceRecord& r : texts_)
      if (r.field == field) return r.text;
    return std::nullopt;
  }

 private:
  struct Node {
    std::uint32_t parent;
    LabelId function;
    std::uint32_t line;
  };
  TextArena arena_;
  std::unordered_map<std::uint32_t, std::string_view> labels_;
  std::unordered_map<std::uint32_t, Node> stacks_;
  std::vector<TraceRecord> texts_;
};

class StoreTexts final : public EventTexts {
 public:
  explicit StoreTexts(const TraceStore& store) : store_(store) {}
  void set_event(EventIndex i) { i_ = i; }
  std::string_view label(LabelId id) const override { return store_.label(id); }
  std::vector<TraceStore::StackFrame> stack(StackId id) const override { return store_.stack(id); }
  std::optional<std::string_view> text(TextField field) const override { return store_.text(i_, field); }

 private:
  const TraceStore& store_;
  EventIndex i_ = 0;
};

}  // namespace

struct JsonlWriter::State {
  std::function<bool(std::string_view)> write_bytes;
  std::string buffer;
  EventContext context;
  StreamTexts texts;
  int open_iterations = 0;
  bool ok = true;

  void flush() {
    if (!buffer.empty() && ok) ok = write_bytes(buffer);
    buffer.clear();
  }
  bool due(EventKind kind) {
    if (kind == EventKind::iteration_begin) ++open_iterations;
    if (kind == EventKind::iteration_end && open_iterations > 0) --open_iterations;
    return kFlushAfter.has(kind) || (open_iterations == 0 && kFlushOutside.has(kind)) ||
           buffer.size() >= kFull;
  }
};

JsonlWriter::JsonlWriter(const TraceHeader& header, std::function<bool(std::string_view)> write_bytes)
    : state_(std::make_unique<State>()) {
  state_->write_bytes = std::move(write_bytes);
  append_header(state_->buffer, header);
  state_->flush();
}

JsonlWriter::~JsonlWriter() { state_->flush(); }

void JsonlWriter::write(const TraceEvent& event, std::span<const TraceRecord> records) {
  State& s = *state_;
  s.texts.take(records);
  if (!s.ok) return;
  append_event(s.buffer, event, s.context, s.texts);
  s.context.pass(event);
  if (s.due(event.kind)) s.flush();
}

void JsonlWriter::flush() { state_->flush(); }
bool JsonlWriter::ok() const { return state_->ok; }

bool write_jsonl(const TraceStore& store, std::function<bool(std::string_view)> write_bytes) {
  std::string buffer;
  append_header(buffer, store.header());
  EventContext context;
  StoreTexts texts(store);
  const std::size_t size = store.size();
  for (EventIndex i = 0; i < size; ++i) {
    const TraceEvent event = store.event(i);
    texts.set_event(i);
    append_event(buffer, event, context, texts);
    context.pass(event);
    if (buffer.size() < kFull) continue;
    if (!write_bytes(buffer)) return false;
    buffer.clear();
  }
  return buffer.empty() || write_bytes(buffer);
}

}  // namespace loopscope::traces
