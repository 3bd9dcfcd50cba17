#include <algorithm>

#include "scenarios/values/errors.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"

namespace loopscope::scenarios {
namespace {

std::int64_t slice_part(Runtime& runtime, const Value& part, std::int64_t absent) {
  if (part.is_none()) return absent;
  if (!part.is_integral())
    type_error(runtime, "slice indices must be integers or None or have an __index__ method");
  return part.as_int();
}

/// Items of start, start + step, ... before `stop`; 128 bits, so that nothing overflows.
__int128 count_steps(std::int64_t start, std::int64_t stop, std::int64_t step) {
  const __int128 span = step > 0 ? __int128{stop} - start : __int128{start} - stop;
  const __int128 size = step > 0 ? __int128{step} : -__int128{step};
  return span <= 0 ? 0 : (span - 1) / size + 1;
}

}  // namespace

std::uint64_t Slice::hash(Runtime& runtime) { type_error(runtime, "unhashable type: 'slice'"); }

Slice::Indices Slice::indices(Runtime& runtime, std::int64_t length) const {
  const std::int64_t by = slice_part(runtime, step, 1);
  if (by == 0) value_error(runtime, "slice step cannot be zero");
  const std::int64_t low = by > 0 ? 0 : -1, high = by > 0 ? length : length - 1;
  const auto clamp = [&](const Value& part, std::int64_t absent) {
    std::int64_t at = slice_part(runtime, part, absent);
    if (part.is_none()) return at;
    if (at < 0) at = at < -length ? low : at + length;
    return std::clamp(at, low, high);
  };
  const std::int64_t first = clamp(start, by > 0 ? low : high);
  const std::int64_t last = clamp(stop, by > 0 ? high : low);
  return {first, last, by, static_cast<std::int64_t>(count_steps(first, last, by))};
}

std::string Slice::repr(Runtime& runtime) {
  return "slice(" + scenarios::repr(runtime, start) + ", " + scenarios::repr(runtime, stop) + ", " +
         scenarios::repr(runtime, step) + ")";
}

Range::Range(Runtime& runtime, std::int64_t start, std::int64_t stop, std::int64_t step)
    : Object(Kind::range, *runtime.types().range),
      start(start),
      stop(stop),
      step(step),
      count_(static_cast<std::int64_t>(std::min<__int128>(count_steps(start, stop, step), INT64_MAX))) {}

std::string Range::repr(Runtime&) {
  std::string text = "range(" + std::to_string(start) + ", " + std::to_string(stop);
  if (step != 1) text += ", " + std::to_string(step);
  return text + ")";
}

bool Range::equals(Runtime&, const Value& other) {
  const Range* range = other.get_if<Range>();
  if (!range || range->count_ != count_) return false;
  if (count_ == 0) return true;
  return range->start == start && (count_ == 1 || range->step == step);
}

std::uint64_t Range::hash(Runtime&) {
  if (count_ == 0) return 0;
  const auto n = static_cast<std::uint64_t>(count_), first = static_cast<std::uint64_t>(start);
  return (n * 31 + first) * 31 + (count_ == 1 ? 0 : static_cast<std::uint64_t>(step));
}

std::optional<std::int64_t> Range::length(Runtime&) { return count_; }

Value Range::iterate(Runtime& runtime) { return make_range_iterator(runtime, Ref<Range>(this)); }

Value Range::get_item(Runtime& runtime, const Value& key) {
  if (Slice* slice = key.get_if<Slice>()) {
    const auto picked = slice->indices(runtime, count_);
    std::int64_t by = 0;
    if (__builtin_mul_overflow(step, picked.step, &by)) integer_overflow(runtime);
    // As CPython: both ends of the slice, taken through this range.
    const auto through = [&](std::int64_t index) {
      const __int128 value = __int128{start} + __int128{index} * step;
      if (value > INT64_MAX || value < INT64_MIN) integer_overflow(runtime);
      return static_cast<std::int64_t>(value);
    };
    return runtime.make<Range>(runtime, through(picked.start), through(picked.stop), by);
  }
  const std::int64_t index = checked_index(runtime, key, count_, "range");
  return Value::integer(at(index));
}

std::optional<bool> Range::contains(Runtime& runtime, const Value& item) {
  if (!item.is_integral()) return std::nullopt;
  (void)runtime;
  const std::int64_t value = item.as_int();
  const bool inside = step > 0 ? value >= start && value < stop : value <= start && value > stop;
  return inside && (__int128{value} - start) % step == 0;
}

Value Range::own_attribute(Runtime&, std::string_view name) {
  if (name == "start") return Value::integer(start);
  if (name == "stop") return Value::integer(stop);
  if (name == "step") return Value::integer(step);
  return Value::missing();
}

}  // namespace loopscope::scenarios
