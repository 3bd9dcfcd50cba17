#pragma once

#include <bit>
#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/trace/event_schema.h"
#include "traces/formats/event_text.h"
#include "traces/formats/json_cursor.h"
#include "traces/text_arena.h"

/// Reading one line of trace format 1, driven by event_schema.h. For jsonl_reader.cpp.
namespace loopscope::traces {

using json::Cursor;

inline constexpr std::uint32_t kMostLabels = (1U << 24) - 1;  // what handle.queued has bits for

/// Gives the same ids as a tracer would, and adds a record for each new one.
class Interner {
 public:
  LabelId label(std::string_view text, std::vector<TraceRecord>& records) {
    if (const auto found = labels_.find(text); found != labels_.end()) return {found->second};
    if (labels_.size() >= kMostLabels) return {};
    const auto id = static_cast<std::uint32_t>(labels_.size() + 1);
    const std::string_view kept = arena_.keep(text);
    labels_.emplace(kept, id);
    records.push_back({.type = TraceRecord::Type::label, .id = id, .text = kept});
    return {id};
  }
  StackId stack(StackId parent, LabelId function, std::uint32_t line, std::vector<TraceRecord>& records) {
    const std::uint64_t place = std::uint64_t{parent.value} << 32 | line;
    const auto next = static_cast<std::uint32_t>(count_ + 1);
    const auto [at, added] = nodes_[function.value].try_emplace(place, next);
    if (added) {
      ++count_;
      records.push_back({.type = TraceRecord::Type::stack,
                         .id = next,
                         .parent = parent.value,
                         .function = function.value,
                         .line = line});
    }
    return {at->second};
  }
  bool full() const { return labels_.size() >= kMostLabels; }

 private:
  TextArena arena_;
  std::unordered_map<std::string_view, std::uint32_t> labels_;
  std::unordered_map<std::uint32_t, std::unordered_map<std::uint64_t, std::uint32_t>> nodes_;  // by function
  std::size_t count_ = 0;
};

/// Reads the fields of one line into an event and the records that belong to it.
class LineReader {
 public:
  LineReader(std::string_view line, Interner& interner, std::vector<TraceRecord>& records)
      : c_(line), line_(line), interner_(interner), records_(records) {}

  Cursor& cursor() { return c_; }
  bool kind_known() const { return spec_ != nullptr; }
  std::size_t unknown_fields() const { return unknown_fields_; }

  bool read(TraceEvent& e, const EventContext& context) {
    if (!find_kind_name()) return false;
    if (spec_ == nullptr) return c_.skip() && ends();
    e.kind = spec_->kind;
    std::string_view key;
    if (!c_.begin_object()) return false;
    while (c_.next_key(key))
      if (!field(e, key)) return false;
    if (c_.failed() || !ends() || !complete()) return false;
    records_.insert(records_.end(), texts_.begin(), texts_.end());
    e.thread = thread_ ? *thread_ : context.usual_thread(LoopId{e.loop}).value;
    return true;
  }

 private:
  bool ends() { return c_.at_end() || c_.fail("expected the end of the line"); }

  // The kind decides what the other fields mean, so it is looked for first.
  bool find_kind_name() {
    Cursor c(line_);
    std::string_view key, name;
    if (!c.begin_object()) return c_.fail(c.position(), c.message());
    while (c.next_key(key)) {
      if (key == "ev") {
        if (!c.string(name)) break;
        spec_ = find_kind(name);
        return true;
      }
      if (!c.skip()) break;
    }
    return c.failed() ? c_.fail(c.position(), c.message()) : c_.fail(0, "the event has no \"ev\"");
  }

  bool field(TraceEvent& e, std::string_view key) {
    if (key == "ts") return once(0, key) && named(key, c_.integer(e.ts));
    if (key == "ev") return once(1, key) && c_.skip();
    if (key == "loop") return once(2, key) && (c_.take_null() || small(key, e.loop));
    if (key == "thread") return once(3, key) && (c_.take_null() || small(key, thread_.emplace()));
    for (std::size_t k = 0; k < spec_->fields.size(); ++k) {
      const std::size_t at = (next_ + k) % spec_->fields.size();  // fields come in the table's order
      if (spec_->fields[at].name != key) continue;
      next_ = at + 1;
      return once(4 + at, key) && named(key, value(e, spec_->fields[at]));
    }
    ++unknown_fields_;
    return c_.skip();
  }

  bool once(std::size_t bit, std::string_view key) {
    const std::uint32_t mask = 1U << bit;
    if (seen_ & mask) return c_.fail("the field \"" + std::string(key) + "\" stands here twice");
    seen_ |= mask;
    return true;
  }

  // Says which field an error is about.
  bool named(std::string_view key, bool ok) { return ok || (c_.failed() && wrap(key)); }
  bool wrap(std::string_view key) {
    std::string message = "\"" + std::string(key) + "\": " + c_.message();
    const std::size_t at = c_.position();
    c_ = Cursor(line_);
    return c_.fail(at, std::move(message));
  }

  template <class Int>
  bool small(std::string_view key, Int& value) {
    std::uint64_t number = 0;
    c_.peek();
    const std::size_t at = c_.position();
    if (!c_.unsigned_integer(number)) return named(key, false);
    if (number > std::numeric_limits<Int>::max())
      return c_.fail(
          at, "\"" + std::string(key) + "\" is at most " + std::to_string(std::numeric_limits<Int>::max()));
    value = static_cast<Int>(number);
    return true;
  }

  bool complete() {
    if (!(seen_ & 1)) return c_.fail(0, "the event has no \"ts\"");
    for (std::size_t k = 0; k < spec_->fields.size(); ++k) {
      const FieldSpec& f = spec_->fields[k];
      const bool needed = f.type == FieldType::choice || f.type == FieldType::on;
      if (needed && !(seen_ & (1U << (4 + k))))
        return c_.fail(0, "the event has no \"" + std::string(f.name) + "\"");
    }
    return true;
  }

  bool value(TraceEvent& e, const FieldSpec& f) {
    switch (f.type) {
      case FieldType::integer:
        return number(e, f);
      case FieldType::id:
      case FieldType::line:
        return c_.take_null() || number(e, f);
      case FieldType::boolean:
        return boolean(e, f);
      case FieldType::seconds:
        return seconds(e, f);
      case FieldType::label:
        return label(e, f.bits);
      case FieldType::stack:
        return stack(e, f.bits);
      case FieldType::choice:
        return choice(e, f.bits, f.choices);
      case FieldType::mask:
        return mask(e, f.bits);
      case FieldType::text:
        return text(f.text);
      case FieldType::on:
        return on(e);
      case FieldType::by:
      case FieldType::thread: {
        std::uint64_t ignored = 0;  // derived from the events before
        return c_.take_null() || c_.unsigned_integer(ignored);
      }
    }
    return false;
  }

  bool number(TraceEvent& e, const FieldSpec& f) {
    std::uint64_t value = 0;
    c_.peek();
    const std::size_t at = c_.position();
    if (!c_.unsigned_integer(value)) return false;
    if (f.bits.width < 64 && value >> f.bits.width != 0) return c_.fail(at, "the number is too large");
    set_bits(e, f.bits, value);
    return true;
  }

  bool boolean(TraceEvent& e, const FieldSpec& f) {
    bool value = false;
    if (!c_.take_null() && !c_.boolean(value)) return false;
    set_bits(e, f.bits, value);
    return true;
  }

  bool seconds(TraceEvent& e, const FieldSpec& f) {
    double value = std::numeric_limits<double>::quiet_NaN();
    if (c_.peek() == '"') {
      std::string_view word;
      const std::size_t at = c_.position();
      if (!c_.string(word)) return false;
      if (word != "inf" && word != "-inf") return c_.fail(at, "expected a number, null, \"inf\" or \"-inf\"");
      value =
          word == "inf" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
    } else if (!c_.take_null() && !c_.number(value)) {
      return false;
    }
    set_bits(e, f.bits, std::bit_cast<std::uint64_t>(value));
    return true;
  }

  bool label(TraceEvent& e, FieldBits bits) {
    if (c_.take_null()) return true;
    std::string_view value;
    if (!c_.string(value)) return false;
    const LabelId id = interner_.label(value, records_);
    if (!id) return c_.fail("the trace has too many different names");
    set_bits(e, bits, id.value);
    return true;
  }

  bool stack(TraceEvent& e, FieldBits bits) {
    if (c_.take_null()) return true;
    if (!c_.begin_array()) return false;
    StackId node;
    while (c_.next_element()) {
      std::string_view frame;
      c_.peek();
      const std::size_t at = c_.position();
      if (!c_.string(frame)) return false;
      const std::size_t colon = frame.rfind(':');
      std::uint32_t line = 0;
      const char* end = frame.data() + frame.size();
      if (colon == std::string_view::npos || std::from_chars(frame.data() + colon + 1, end, line).ptr != end)
        return c_.fail(at, "expected \"function:line\"");
      const LabelId function = interner_.label(frame.substr(0, colon), records_);
      if (!function) return c_.fail("the trace has too many different names");
      node = interner_.stack(node, function, line, records_);
    }
    set_bits(e, bits, node.value);
    return !c_.failed();
  }

  bool choice(TraceEvent& e, FieldBits bits, std::span<const std::string_view> choices) {
    std::string_view word;
    c_.peek();
    const std::size_t at = c_.position();
    if (!c_.string(word)) return false;
    for (std::size_t k = 0; k < choices.size(); ++k) {
      if (choices[k] != word) continue;
      set_bits(e, bits, k);
      return true;
    }
    std::string known;
    for (const std::string_view one : choices) known += (known.empty() ? "" : ", ") + std::string(one);
    return c_.fail(at, "unknown value \"" + std::string(word) + "\"; known are " + known);
  }

  bool mask(TraceEvent& e, FieldBits bits) {
    if (c_.take_null()) return true;
    std::string_view word;
    c_.peek();
    const std::size_t at = c_.position();
    if (!c_.string(word)) return false;
    std::uint64_t value = 0;
    if (word == "r")
      value = kReadable;
    else if (word == "w")
      value = kWritable;
    else if (word == "rw")
      value = kReadable | kWritable;
    else if (!word.empty())
      return c_.fail(at, "expected \"r\", \"w\" or \"rw\"");
    set_bits(e, bits, value);
    return true;
  }

  bool text(TextField field) {
    if (c_.take_null()) return true;
    std::string_view value;
    if (!c_.string(value)) return false;
    texts_.push_back({.type = TraceRecord::Type::text, .field = field, .text = value});
    return true;
  }

  bool on(TraceEvent& e) {
    static constexpr FieldBits kKind{FieldBits::Word::aux, 0, 8}, kLabel{FieldBits::Word::aux, 8, 24},
        kId{FieldBits::Word::arg, 0, 32};
    std::string_view key;
    bool has_kind = false;
    if (!c_.begin_object()) return false;
    while (c_.next_key(key)) {
      if (key == "kind") {
        if (!choice(e, kKind, wait_kind_names())) return false;
        has_kind = true;
      } else if (key == "id") {
        if (!c_.take_null() && !number(e, {.name = "id", .type = FieldType::id, .bits = kId})) return false;
      } else if (key == "label") {
        if (!label(e, kLabel)) return false;
      } else {
        ++unknown_fields_;
        if (!c_.skip()) return false;
      }
    }
    return !c_.failed() && (has_kind || c_.fail("expected a \"kind\""));
  }

  Cursor c_;
  std::string_view line_;
  Interner& interner_;
  std::vector<TraceRecord>& records_;
  const KindSpec* spec_ = nullptr;
  std::optional<std::uint8_t> thread_;
  std::vector<TraceRecord> texts_;
  std::size_t next_ = 0, unknown_fields_ = 0;
  std::uint32_t seen_ = 0;
};

}  // namespace loopscope::traces
