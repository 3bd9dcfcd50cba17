#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/repr.h"
#include "core/trace/event_schema.h"
#include "core/trace/trace_sink.h"

namespace loopscope::test {

/// Keeps a trace as one short line per event, in the fields' order of event_schema:
/// "handle.queued handle=2 label=main cause=task_step task=1". Null fields and what is
/// derived (`by`) or the same throughout (`thread`, `loop` unless with_loop) are left out.
class RecordingSink final : public TraceSink {
 public:
  struct Line {
    TraceEvent event;
    std::string text;
  };

  /// Also shows each event's time in seconds ("@0.5") / each event's loop ("loop=2").
  bool with_time = false;
  bool with_loop = false;

  void write(const TraceEvent& event, std::span<const TraceRecord> records) override {
    std::vector<TraceRecord> texts;
    for (const TraceRecord& record : records) {
      if (record.type == TraceRecord::Type::label)
        labels_[record.id] = record.text;
      else if (record.type == TraceRecord::Type::stack)
        nodes_[record.id] = record;
      else
        texts.push_back(record);
    }
    lines_.push_back({event, render(event, texts)});
  }

  const std::vector<Line>& lines() const { return lines_; }
  std::vector<TraceEvent> events() const {
    std::vector<TraceEvent> events;
    for (const Line& line : lines_) events.push_back(line.event);
    return events;
  }
  /// All lines.
  std::vector<std::string> texts() const { return texts_of({}); }
  /// The lines whose kind starts with one of `prefixes` ("task.", "handle.begin"), all when empty.
  std::vector<std::string> texts_of(const std::vector<std::string_view>& prefixes) const {
    std::vector<std::string> texts;
    for (const Line& line : lines_)
      if (prefixes.empty() || std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
            return line.text.starts_with(prefix);
          }))
        texts.push_back(line.text);
    return texts;
  }
  std::size_t count(std::string_view kind) const {
    return static_cast<std::size_t>(std::count_if(
        lines_.begin(), lines_.end(), [&](const Line& line) { return to_string(line.event.kind) == kind; }));
  }
  void clear() { lines_.clear(); }

 private:
  std::string render(const TraceEvent& event, const std::vector<TraceRecord>& texts) const {
    const KindSpec& spec = kind_spec(event.kind);
    std::string line(spec.name);
    if (with_time) line += " @" + short_number(static_cast<double>(event.ts) * 1e-9);
    if (with_loop && event.loop) line += " loop=" + std::to_string(event.loop);
    for (const FieldSpec& field : spec.fields)
      if (const std::string value = show(event, field, texts); !value.empty())
        line += " " + std::string(field.name) + "=" + value;
    return line;
  }

  /// "" for null.
  std::string show(const TraceEvent& event, const FieldSpec& field,
                   const std::vector<TraceRecord>& texts) const {
    const std::uint64_t bits = get_bits(event, field.bits);
    switch (field.type) {
      case FieldType::integer:
        return std::to_string(bits);
      case FieldType::id:
      case FieldType::line:
        return bits ? std::to_string(bits) : "";
      case FieldType::boolean:
        return bits ? "true" : "false";
      case FieldType::seconds: {
        const double seconds = get_seconds(event, field.bits);
        return seconds == seconds ? short_number(seconds) : "";
      }
      case FieldType::label:
        return label(static_cast<std::uint32_t>(bits));
      case FieldType::stack:
        return stack(static_cast<std::uint32_t>(bits));
      case FieldType::choice:
        return std::string(field.choices[bits]);
      case FieldType::mask:
        return std::string(bits & kReadable ? "r" : "") + (bits & kWritable ? "w" : "");
      case FieldType::text:
        return text(field.text, texts);
      case FieldType::on:
        return waits_on(event);
      case FieldType::by:
      case FieldType::thread:
        break;
    }
    return "";
  }

  static std::string text(TextField field, const std::vector<TraceRecord>& texts) {
    for (const TraceRecord& record : texts)
      if (record.field == field) return std::string(record.text);
    return "";
  }
  std::string label(std::uint32_t id) const {
    const auto found = labels_.find(id);
    return found != labels_.end() ? found->second : id ? "UNDEFINED" : "";
  }
  /// Outermost first: "main:3>work:7"; without lines: "main>work".
  std::string stack(std::uint32_t id) const {
    std::string text;
    for (auto found = nodes_.find(id); found != nodes_.end(); found = nodes_.find(found->second.parent)) {
      const TraceRecord& node = found->second;
      const std::string here = label(node.function) + (node.line ? ":" + std::to_string(node.line) : "");
      text = text.empty() ? here : here + ">" + text;
    }
    return text;
  }
  std::string waits_on(const TraceEvent& event) const {
    std::string text(to_string(static_cast<WaitKind>(event.aux & 0xff)));
    if (const auto id = static_cast<std::uint32_t>(event.arg)) text += ":" + std::to_string(id);
    if (const std::string name = label(event.aux >> 8); !name.empty()) text += "(" + name + ")";
    return text;
  }

  std::vector<Line> lines_;
  std::unordered_map<std::uint32_t, std::string> labels_;
  std::unordered_map<std::uint32_t, TraceRecord> nodes_;
};

}  // namespace loopscope::test
