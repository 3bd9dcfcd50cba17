#include "core/trace/tracer.h"

#include <deque>
#include <unordered_map>

namespace loopscope {

struct Tracer::Interner {
  struct Node {
    std::uint32_t parent, function, line;
    bool operator==(const Node&) const = default;
  };
  struct NodeHash {
    std::size_t operator()(const Node& n) const noexcept {
      std::uint64_t h = n.parent * 0x9e3779b97f4a7c15ULL;
      h = (h ^ n.function) * 0xff51afd7ed558ccdULL;
      return static_cast<std::size_t>((h ^ n.line) * 0xc4ceb9fe1a85ec53ULL >> 16);
    }
  };

  std::deque<std::string> texts;  // deque: a text never moves
  std::unordered_map<std::string_view, std::uint32_t> labels;
  std::unordered_map<Node, std::uint32_t, NodeHash> nodes;
};

Tracer::Tracer() : Tracer(nullptr) {}
Tracer::Tracer(TraceSink* sink) : sink_(sink), interner_(std::make_unique<Interner>()) {}
Tracer::~Tracer() = default;

LabelId Tracer::label(std::string_view text) {
  if (const auto found = interner_->labels.find(text); found != interner_->labels.end())
    return LabelId{found->second};
  const auto id = static_cast<std::uint32_t>(interner_->texts.size() + 1);
  const std::string_view kept = interner_->texts.emplace_back(text);
  interner_->labels.emplace(kept, id);
  if (enabled()) pending_.push_back({.type = TraceRecord::Type::label, .id = id, .text = kept});
  return LabelId{id};
}

std::string_view Tracer::label_text(LabelId id) const {
  return id && id.value <= interner_->texts.size() ? std::string_view(interner_->texts[id.value - 1])
                                                   : std::string_view();
}

StackId Tracer::stack(StackId parent, LabelId function, std::uint32_t line) {
  const auto next = static_cast<std::uint32_t>(interner_->nodes.size() + 1);
  const auto [place, added] = interner_->nodes.try_emplace({parent.value, function.value, line}, next);
  if (added && enabled())
    pending_.push_back({.type = TraceRecord::Type::stack,
                        .id = next,
                        .parent = parent.value,
                        .function = function.value,
                        .line = line});
  return StackId{place->second};
}

void Tracer::write(TraceEvent event, std::initializer_list<EventText> texts) {
  event.ts = now_;
  event.thread = thread_.value;
  ++emitted_;
  records_.swap(pending_);
  pending_.clear();
  for (const EventText& text : texts)
    records_.push_back({.type = TraceRecord::Type::text, .field = text.field, .text = text.text});
  sink_->write(event, records_);
  records_.clear();
}

}  // namespace loopscope
