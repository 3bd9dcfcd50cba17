#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "core/trace/trace_sink.h"
#include "traces/trace_store.h"

namespace loopscope::traces {

/// Writes trace format 1 as JSON Lines, flushed at every iteration's end, so that a
/// killed process leaves a file that opens up to its last whole line.
class JsonlWriter final : public TraceSink {
 public:
  /// `write_bytes` takes whole chunks of lines; false when they cannot be written.
  JsonlWriter(const TraceHeader& header, std::function<bool(std::string_view)> write_bytes);
  ~JsonlWriter() override;
  void write(const TraceEvent& event, std::span<const TraceRecord> records) override;
  /// Hands over what is buffered.
  void flush();
  /// False once a write failed; nothing is written after that.
  bool ok() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes a whole store (export --to jsonl): the same bytes as JsonlWriter live.
bool write_jsonl(const TraceStore& store, std::function<bool(std::string_view)> write_bytes);

/// Why a trace could not be read.
struct TraceError {
  std::size_t line = 0, column = 0;
  std::string message;
  bool stopped = false;  ///< nothing is wrong: its reader was told to stop
};

/// Told now and then how far reading has come: bytes of the text, events so far. False stops it.
using ReadProgress = std::function<bool(std::size_t bytes, std::size_t events)>;

struct ReadTrace {
  std::shared_ptr<TraceStore> store;
  std::size_t unknown_kinds = 0, unknown_fields = 0;
  bool cut_last_line = false;
};

/// Reads trace format 1. A cut last line is dropped and noted; any other broken line is
/// an error with its line. A later format version is an error that says so.
std::variant<ReadTrace, TraceError> read_jsonl(std::string_view text, const ReadProgress& go_on = {});

bool looks_like_trace(std::string_view text);

}  // namespace loopscope::traces
