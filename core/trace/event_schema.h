#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/trace/event.h"
#include "core/trace/record.h"

namespace loopscope {

/// What a field's bits mean, and how it is shown.
enum class FieldType : std::uint8_t {
  integer,   ///< unsigned
  id,        ///< unsigned; 0 is null
  line,      ///< listing line; 0 is null
  boolean,
  seconds,   ///< IEEE double in 64 bits; NaN is null
  label,     ///< LabelId; 0 is null
  stack,     ///< StackId; an array of "function:line", outermost first
  choice,    ///< index into `choices`
  mask,      ///< kReadable | kWritable, as "r", "w", "rw"
  text,      ///< stands in a TraceRecord; null when there is none
  on,        ///< composite: WaitKind in aux[0,8), label in aux[8,32), id in arg[0,32)
  by,        ///< derived: the handle running on the event's thread; null when none
  thread,    ///< the event's own thread
};

/// Where a field's bits stand.
struct FieldBits {
  enum class Word : std::uint8_t { none, subject, arg, aux };
  Word word = Word::none;
  std::uint8_t shift = 0;
  std::uint8_t width = 64;
};

struct FieldSpec {
  std::string_view name;
  FieldType type;
  FieldBits bits = {};
  std::span<const std::string_view> choices = {};
  TextField text = TextField::text;
};

struct KindSpec {
  EventKind kind;
  std::string_view name;  ///< as in the file: "handle.queued"
  std::span<const FieldSpec> fields;
};

/// The layout of `kind`: the single description that writers, readers and
/// `EventReader` share. To add a kind is to add a row.
const KindSpec& kind_spec(EventKind kind);

/// The kind called `name` in a trace file, or null.
const KindSpec* find_kind(std::string_view name);

std::uint64_t get_bits(const TraceEvent& event, FieldBits bits);
void set_bits(TraceEvent& event, FieldBits bits, std::uint64_t value);
double get_seconds(const TraceEvent& event, FieldBits bits);

/// Names of the enumerations, as in the file.
std::string_view to_string(EventKind kind);
std::string_view to_string(Cause cause);
std::string_view to_string(Outcome outcome);
std::string_view to_string(RunHow how);
std::string_view to_string(WaitKind kind);
std::string_view to_string(PeerWhat what);

std::span<const std::string_view> wait_kind_names();

}  // namespace loopscope
