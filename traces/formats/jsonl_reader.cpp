#include "traces/formats/event_line.h"
#include "traces/formats/jsonl.h"

namespace loopscope::traces {
namespace {

bool optional_string(Cursor& c, std::string& value) {
  std::string_view text;
  if (c.take_null()) return true;
  if (!c.string(text)) return false;
  value = text;
  return true;
}

bool listing(Cursor& c, TraceHeader& header) {
  if (c.take_null()) return true;
  header.has_listing = true;
  if (!c.begin_array()) return false;
  while (c.next_element()) {
    std::string_view line;
    if (!c.string(line)) return false;
    header.listing.emplace_back(line);
  }
  return !c.failed();
}

bool header_field(Cursor& c, std::string_view key, TraceHeader& header, std::size_t& unknown) {
  if (key == "producer") return optional_string(c, header.producer);
  if (key == "clock") return optional_string(c, header.clock);
  if (key == "model") return optional_string(c, header.model);
  if (key == "title") return optional_string(c, header.title);
  if (key == "listing") return listing(c, header);
  if (key == "started_at") return c.take_null() || c.integer(header.started_at.emplace());
  if (key == "scenario") {
    std::string_view raw;
    if (c.take_null()) return true;
    if (!c.skip(&raw)) return false;
    header.scenario_json = raw;
    return true;
  }
  ++unknown;
  return c.skip();
}

bool read_header(Cursor& c, TraceHeader& header, std::size_t& unknown) {
  std::string_view key;
  bool marked = false;
  if (!c.begin_object()) return c.fail("this is no loopscope trace: its first line is no JSON object");
  while (c.next_key(key)) {
    if (key != "loopscope_trace") {
      if (!header_field(c, key, header, unknown)) return false;
      continue;
    }
    std::uint64_t version = 0;
    c.peek();
    const std::size_t at = c.position();
    if (!c.unsigned_integer(version)) return false;
    if (version > 1)
      return c.fail(at, "this trace is of format " + std::to_string(version) +
                            ", and this loopscope reads format 1; use a later loopscope");
    if (version == 0) return c.fail(at, "there is no trace format 0");
    marked = true;
  }
  if (c.failed()) return false;
  if (!marked) return c.fail(0, "this is no loopscope trace: its first line has no \"loopscope_trace\"");
  return c.at_end() || c.fail("expected the end of the line");
}

// Columns count characters from 1.
std::size_t column_of(std::string_view line, std::size_t byte) {
  std::size_t column = 1;
  for (std::size_t i = 0; i < byte && i < line.size(); ++i)
    if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) ++column;
  return column;
}

TraceError error_at(std::size_t number, std::string_view line, const Cursor& c) {
  return {number, column_of(line, c.position()), c.message()};
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }
  bool next() {
    if (text_.empty()) return false;
    const std::size_t end = text_.find('\n');
    whole_ = end != std::string_view::npos;
    line_ = text_.substr(0, end);
    text_.remove_prefix(whole_ ? end + 1 : text_.size());
    ++number_;
    return true;
  }
  std::string_view line() const { return line_; }
  std::size_t number() const { return number_; }
  /// It ended in a newline, or more came after it.
  bool whole() const { return whole_; }

 private:
  std::string_view text_, line_;
  std::size_t number_ = 0;
  bool whole_ = false;
};

}  // namespace

std::variant<ReadTrace, TraceError> read_jsonl(std::string_view text, const ReadProgress& go_on) {
  constexpr std::size_t kTellEvery = 4096;  // lines
  Lines lines(text);
  if (!lines.next()) return TraceError{1, 1, "the file is empty"};
  ReadTrace result;
  TraceHeader header;
  Cursor head(lines.line());
  if (!read_header(head, header, result.unknown_fields)) return error_at(1, lines.line(), head);
  result.store = std::make_shared<TraceStore>(std::move(header));

  Interner interner;
  EventContext context;
  std::vector<TraceRecord> records;
  while (lines.next()) {
    if (go_on && lines.number() % kTellEvery == 0 &&
        !go_on(static_cast<std::size_t>(lines.line().data() - text.data()), result.store->size()))
      return TraceError{lines.number(), 1, "reading it was stopped", true};
    if (is_blank(lines.line())) continue;
    records.clear();
    TraceEvent event;
    LineReader reader(lines.line(), interner, records);
    if (!reader.read(event, context)) {
      if (lines.whole()) return error_at(lines.number(), lines.line(), reader.cursor());
      result.cut_last_line = true;
      break;
    }
    result.unknown_fields += reader.unknown_fields();
    if (!reader.kind_known()) {
      ++result.unknown_kinds;
      continue;
    }
    result.store->write(event, records);
    context.pass(event);
  }
  result.store->finish();
  return result;
}

bool looks_like_trace(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string_view first = text.substr(0, std::min<std::size_t>(text.find('\n'), 4096));
  const std::size_t begin = first.find_first_not_of(" \t\r");
  return begin != std::string_view::npos && first[begin] == '{' &&
         first.find("\"loopscope_trace\"") != std::string_view::npos;
}

}  // namespace loopscope::traces
