#include "traces/trace_store.h"

#include <array>
#include <atomic>

#include "traces/fold.h"
#include "traces/store_index.h"

namespace loopscope::traces {
namespace {

constexpr std::size_t kChunk = 4096;

// Checkpoints may take this much memory in all, and this much more per event; past it
// one is left out now and then and `state_at` folds further (only with very large heaps
// in great disorder).
constexpr std::size_t kCheckpointBytes = std::size_t{256} << 20, kCheckpointBytesPerEvent = 64;
constexpr std::size_t kMostLeftOut = 15;

struct Chunk {
  std::array<TraceEvent, kChunk> events;
  std::atomic<std::uint64_t> kinds{0};
  std::size_t first_text = 0;
  std::vector<std::pair<std::uint8_t, HandleId>> running;  // on which thread, when the chunk began
  std::unique_ptr<const LoopState> before;                 // the checkpoint: state before its first event
};

struct TextRef {
  EventIndex event;
  std::string_view text;
  TextField field;
};

struct StackNode {
  std::uint32_t parent;
  LabelId function;
  std::uint32_t line;
};

// Definitions come in order; one that leaves a hole larger than this is damage.
constexpr std::size_t kMostHoles = 1 << 16;

}  // namespace

struct TraceStore::Data {
  TraceHeader header;
  std::atomic<bool> finished{false};
  std::atomic<std::size_t> count{0};
  AppendList<std::unique_ptr<Chunk>> chunks;
  AppendList<TextRef> texts;
  AppendList<std::string_view> labels;
  AppendList<StackNode> stacks;
  StoreIndex index;

  // The writer's own.
  TextArena arena;
  LoopState state;
  std::array<HandleId, 256> running{};
  std::size_t bytes_made = 0, checkpoint_bytes = 0, left_out = 0;

  const Chunk& chunk_of(EventIndex i) const { return *chunks[i / kChunk]; }
  const TraceEvent& at(EventIndex i) const { return chunk_of(i).events[i % kChunk]; }
  void begin_chunk(EventIndex i);
  void keep(const TraceRecord& record, EventIndex i);
};

void TraceStore::Data::begin_chunk(EventIndex i) {
  auto chunk = std::make_unique<Chunk>();
  chunk->first_text = texts.size();
  for (std::size_t thread = 0; thread < running.size(); ++thread)
    if (running[thread]) chunk->running.emplace_back(static_cast<std::uint8_t>(thread), running[thread]);

  const std::size_t made = state.bytes_made();
  if (made > bytes_made) checkpoint_bytes += made - bytes_made;
  bytes_made = made;
  const bool affordable = checkpoint_bytes <= kCheckpointBytes + kCheckpointBytesPerEvent * i;
  if (affordable || left_out == kMostLeftOut) {
    chunk->before = std::make_unique<const LoopState>(state);
    left_out = 0;
  } else {
    ++left_out;
  }
  chunks.emplace_back(std::move(chunk));
}

void TraceStore::Data::keep(const TraceRecord& record, EventIndex i) {
  switch (record.type) {
    case TraceRecord::Type::label:
      if (record.id <= labels.size() || record.id > labels.size() + kMostHoles) return;
      while (labels.size() + 1 < record.id) labels.emplace_back();
      labels.emplace_back(arena.keep(record.text));
      break;
    case TraceRecord::Type::stack:
      if (record.id <= stacks.size() || record.id > stacks.size() + kMostHoles) return;
      while (stacks.size() + 1 < record.id) stacks.emplace_back(0U, LabelId{}, 0U);
      // A parent is defined before its children, so that walking up always ends.
      stacks.emplace_back(record.parent < record.id ? record.parent : 0U, LabelId{record.function},
                          record.line);
      break;
    case TraceRecord::Type::text:
      texts.emplace_back(i, arena.keep(record.text), record.field);
      break;
  }
}

TraceStore::TraceStore(TraceHeader header) : data_(std::make_unique<Data>()) {
  data_->header = std::move(header);
}
TraceStore::~TraceStore() = default;

void TraceStore::write(const TraceEvent& event, std::span<const TraceRecord> records) {
  Data& d = *data_;
  const EventIndex i = d.count.load(std::memory_order_relaxed);
  if (i % kChunk == 0) d.begin_chunk(i);
  for (const TraceRecord& record : records) d.keep(record, i);
  Chunk& chunk = *d.chunks[i / kChunk];
  chunk.events[i % kChunk] = event;
  chunk.kinds.store(chunk.kinds.load(std::memory_order_relaxed) | KindSet::bit(event.kind),
                    std::memory_order_relaxed);
  const TaskId touched = apply(d.state, *this, event, i);
  d.index.add(*this, event, i, d.state, touched);
  if (event.kind == EventKind::handle_begin)
    d.running[event.thread] = HandleId{static_cast<std::uint32_t>(event.subject)};
  if (event.kind == EventKind::handle_end) d.running[event.thread] = {};
  d.count.store(i + 1, std::memory_order_release);
}

void TraceStore::finish() { data_->finished.store(true, std::memory_order_release); }

const TraceHeader& TraceStore::header() const { return data_->header; }
bool TraceStore::finished() const { return data_->finished.load(std::memory_order_acquire); }
std::size_t TraceStore::size() const { return data_->count.load(std::memory_order_acquire); }
TraceEvent TraceStore::event(EventIndex i) const { return data_->at(i); }

std::optional<std::string_view> TraceStore::text(EventIndex i, TextField field) const {
  const Data& d = *data_;
  const std::size_t chunk = i / kChunk;
  const std::size_t chunks = d.chunks.size();
  if (chunk >= chunks) return std::nullopt;
  const std::size_t end = chunk + 1 < chunks ? d.chunks[chunk + 1]->first_text : d.texts.size();
  std::size_t low = d.chunks[chunk]->first_text;
  for (std::size_t high = end; low < high;) {
    const std::size_t middle = low + (high - low) / 2;
    if (d.texts[middle].event < i)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < end && d.texts[low].event == i; ++low)
    if (d.texts[low].field == field) return d.texts[low].text;
  return std::nullopt;
}

std::string_view TraceStore::label(LabelId id) const {
  return id && id.value <= data_->labels.size() ? data_->labels[id.value - 1] : std::string_view();
}

std::vector<TraceStore::StackFrame> TraceStore::stack(StackId id) const {
  std::vector<StackFrame> frames;
  for (std::uint32_t node = id.value; node != 0 && node <= data_->stacks.size();) {
    const StackNode& at = data_->stacks[node - 1];
    frames.push_back({label(at.function), at.line});
    node = at.parent;
  }
  return {frames.rbegin(), frames.rend()};
}

HandleId TraceStore::running_handle(EventIndex i) const {
  const Data& d = *data_;
  const Chunk& chunk = d.chunk_of(i);
  const std::uint8_t thread = chunk.events[i % kChunk].thread;
  for (std::size_t k = i % kChunk; k-- > 0;) {
    const TraceEvent& e = chunk.events[k];
    if (e.thread != thread) continue;
    if (e.kind == EventKind::handle_begin) return HandleId{static_cast<std::uint32_t>(e.subject)};
    if (e.kind == EventKind::handle_end) return {};
  }
  for (const auto& [on, handle] : chunk.running)
    if (on == thread) return handle;
  return {};
}

LoopState TraceStore::state_at(EventIndex i) const {
  const Data& d = *data_;
  std::size_t chunk = i / kChunk;
  while (!d.chunks[chunk]->before) --chunk;
  LoopState state = *d.chunks[chunk]->before;
  for (EventIndex k = chunk * kChunk; k <= i; ++k) apply(state, *this, d.at(k), k);
  return state;
}

std::optional<EventIndex> TraceStore::next_of(KindSet kinds, EventIndex from) const {
  const std::size_t n = size();
  for (EventIndex i = from; i < n; i = (i / kChunk + 1) * kChunk) {
    const Chunk& chunk = data_->chunk_of(i);
    if ((chunk.kinds.load(std::memory_order_relaxed) & kinds.bits) == 0) continue;
    const std::size_t end = std::min(n, (i / kChunk + 1) * kChunk);
    for (EventIndex k = i; k < end; ++k)
      if (kinds.has(chunk.events[k % kChunk].kind)) return k;
  }
  return std::nullopt;
}

std::optional<EventIndex> TraceStore::previous_of(KindSet kinds, EventIndex before) const {
  EventIndex i = std::min(before, size());
  while (i > 0) {
    const std::size_t begin = (i - 1) / kChunk * kChunk;
    const Chunk& chunk = data_->chunk_of(begin);
    if ((chunk.kinds.load(std::memory_order_relaxed) & kinds.bits) != 0)
      for (EventIndex k = i; k-- > begin;)
        if (kinds.has(chunk.events[k % kChunk].kind)) return k;
    i = begin;
  }
  return std::nullopt;
}

const StoreIndex& TraceStore::index() const { return data_->index; }

}  // namespace loopscope::traces
