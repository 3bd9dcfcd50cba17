#include "traces/formats/event_text.h"

#include <nlohmann/json.hpp>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "traces/formats/json_text.h"

namespace loopscope::traces {
namespace {

constexpr std::string_view kMasks[] = {"", "r", "w", "rw"};

bool names_an_object(WaitKind kind) { return kind >= WaitKind::lock && kind <= WaitKind::queue; }

void append_id(std::string& out, std::uint64_t id) {
  if (id == 0)
    out += "null";
  else
    json::append_uint(out, id);
}

struct EventWriter {
  std::string& out;
  const TraceEvent& e;
  const EventContext& context;
  const EventTexts& texts;

  void name(std::string_view field) {
    out += ",\"";
    out += field;
    out += "\":";
  }

  void label(LabelId id) {
    if (id)
      json::append_string(out, texts.label(id));
    else
      out += "null";
  }

  void stack(StackId id) {
    if (!id) {
      out += "null";
      return;
    }
    out += '[';
    bool first = true;
    for (const auto& frame : texts.stack(id)) {
      if (!std::exchange(first, false)) out += ',';
      std::string text(frame.function);
      text += ':';
      json::append_uint(text, frame.line);
      json::append_string(out, text);
    }
    out += ']';
  }

  void on() {
    const WaitKind kind = field::wait_kind(e);
    out += "{\"kind\":\"";
    out += to_string(kind);
    out += "\",\"id\":";
    append_id(out, field::wait_id(e));
    if (names_an_object(kind) || field::wait_label(e)) {
      out += ",\"label\":";
      label(field::wait_label(e));
    }
    out += '}';
  }

  void choice(const FieldSpec& spec) {
    const std::uint64_t index = get_bits(e, spec.bits);
    json::append_string(out, index < spec.choices.size() ? spec.choices[index] : std::string_view("?"));
  }

  void value(const FieldSpec& spec) {
    const std::uint64_t bits = get_bits(e, spec.bits);
    switch (spec.type) {
      case FieldType::integer:
        json::append_uint(out, bits);
        break;
      case FieldType::id:
      case FieldType::line:
        append_id(out, bits);
        break;
      case FieldType::boolean:
        out += bits ? "true" : "false";
        break;
      case FieldType::seconds:
        json::append_double(out, get_seconds(e, spec.bits));
        break;
      case FieldType::label:
        label({static_cast<std::uint32_t>(bits)});
        break;
      case FieldType::stack:
        stack({static_cast<std::uint32_t>(bits)});
        break;
      case FieldType::choice:
        choice(spec);
        break;
      case FieldType::mask:
        json::append_string(out, kMasks[bits & 3]);
        break;
      case FieldType::text:
        if (const auto text = texts.text(spec.text))
          json::append_string(out, *text);
        else
          out += "null";
        break;
      case FieldType::on:
        on();
        break;
      case FieldType::by:
        append_id(out, context.running(ThreadId{e.thread}).value);
        break;
      case FieldType::thread:
        json::append_uint(out, e.thread);
        break;
    }
  }

  void all() {
    const KindSpec& spec = kind_spec(e.kind);
    out += "{\"ts\":";
    json::append_int(out, e.ts);
    out += ",\"ev\":\"";
    out += spec.name;
    out += '"';
    if (e.loop != 0) {
      name("loop");
      json::append_uint(out, e.loop);
    }
    bool own_thread = false;
    for (const FieldSpec& field : spec.fields) own_thread = own_thread || field.type == FieldType::thread;
    if (!own_thread && ThreadId{e.thread} != context.usual_thread(LoopId{e.loop})) {
      name("thread");
      json::append_uint(out, e.thread);
    }
    for (const FieldSpec& field : spec.fields) {
      name(field.name);
      value(field);
    }
    out += "}\n";
  }
};

std::string one_line(const std::string& scenario) {
  if (scenario.empty()) return "null";
  const auto parsed = nlohmann::ordered_json::parse(scenario, nullptr, false, true);
  if (parsed.is_discarded()) return "null";
  return parsed.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

void EventContext::pass(const TraceEvent& event) {
  if (event.kind == EventKind::handle_begin) running_[event.thread] = field::handle(event);
  if (event.kind == EventKind::handle_end) running_[event.thread] = {};
  if (event.kind == EventKind::loop_created && event.loop != 0) {
    if (event.loop > loops_.size()) loops_.resize(event.loop);
    loops_[event.loop - 1u] = ThreadId{event.thread};
  }
}

void append_event(std::string& out, const TraceEvent& event, const EventContext& context,
                  const EventTexts& texts) {
  EventWriter{out, event, context, texts}.all();
}

void append_header(std::string& out, const TraceHeader& header) {
  out += "{\"loopscope_trace\":1,\"producer\":";
  json::append_string(out, header.producer);
  out += ",\"clock\":";
  json::append_string(out, header.clock);
  out += ",\"model\":";
  json::append_string(out, header.model);
  if (header.started_at) {
    out += ",\"started_at\":";
    json::append_int(out, *header.started_at);
  }
  out += ",\"title\":";
  json::append_string(out, header.title);
  out += ",\"scenario\":" + one_line(header.scenario_json) + ",\"listing\":";
  if (!header.has_listing) {
    out += "null}\n";
    return;
  }
  out += '[';
  for (std::size_t i = 0; i < header.listing.size(); ++i) {
    if (i > 0) out += ',';
    json::append_string(out, header.listing[i]);
  }
  out += "]}\n";
}

}  // namespace loopscope::traces
