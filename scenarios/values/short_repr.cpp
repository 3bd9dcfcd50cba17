// Reprs that do not show all of a large value.
#include <algorithm>

#include "scenarios/values/dict.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

/// A container's items until `limit` is reached, between its brackets.
class ShortRepr {
 public:
  ShortRepr(Runtime& runtime, std::size_t limit) : runtime_(runtime), limit_(limit) {}

  void add(const Value& value, int depth) {
    if (full()) return;
    const List* list = value.get_if<List>();
    const Tuple* tuple = value.get_if<Tuple>();
    const bool shallow = depth < 20;
    if (const Str* str = value.get_if<Str>()) {
      const auto shown = std::min(str->code_points(), static_cast<std::int64_t>(limit_));
      text_ += quote(str->slice(0, shown));
    } else if (list && shallow) {
      items("[", list->items(), "]", depth);
    } else if (tuple && shallow) {
      items("(", tuple->items(), tuple->items().size() == 1 ? ",)" : ")", depth);
    } else if (const Dict* dict = value.get_if<Dict>(); dict && shallow) {
      table(dict->table(), true, depth);
    } else if (const Set* set = value.get_if<Set>(); set && set->size() > 0 && shallow) {
      table(set->table(), false, depth);
    } else if (const Exception* error = value.get_if<Exception>(); error && shallow) {
      items((error->type().name() + "(").c_str(), error->args, ")", depth);
    } else if (value.is_object()) {
      const bool container =
          list || tuple || value.get_if<Dict>() || value.get_if<Set>() || value.get_if<Exception>();
      text_ += container ? "…" : value.object()->brief(runtime_);
    } else {
      text_ += repr(runtime_, value);
    }
  }

  std::string take() { return shortened(std::move(text_), limit_); }

 private:
  bool full() const { return text_.size() > limit_ * 4; }

  void items(const char* open, const std::vector<Value>& items, const char* close, int depth) {
    text_ += open;
    for (std::size_t i = 0; i < items.size() && !full(); ++i) {
      if (i > 0) text_ += ", ";
      add(items[i], depth + 1);
    }
    text_ += close;
  }

  void table(const HashTable& table, bool pairs, int depth) {
    text_ += "{";
    bool first = true;
    for (std::size_t i = table.first(); i < table.entries().size() && !full(); ++i) {
      const HashTable::Entry& entry = table.entries()[i];
      if (entry.key.is_missing()) continue;
      if (!std::exchange(first, false)) text_ += ", ";
      add(entry.key, depth + 1);
      if (!pairs) continue;
      text_ += ": ";
      add(entry.value, depth + 1);
    }
    text_ += "}";
  }

  Runtime& runtime_;
  std::size_t limit_;
  std::string text_;
};

}  // namespace

std::string short_repr(Runtime& runtime, const Value& value, std::size_t limit) {
  ShortRepr text(runtime, limit);
  try {
    text.add(value, 0);
  } catch (const PyError&) {
    return "<" + runtime.type_of(value).name() + " object>";  // its repr fails, or is too deep
  }
  return text.take();
}

namespace {

/// As reprlib.Repr, with its default limits.
class LimitedRepr {
 public:
  explicit LimitedRepr(Runtime& runtime) : runtime_(runtime) {}

  std::string show(const Value& value, int level) {
    if (const Str* str = value.get_if<Str>()) return text(*str);
    if (const List* list = value.get_if<List>()) return items("[", list->items(), "]", level);
    if (const Tuple* tuple = value.get_if<Tuple>())
      return items("(", tuple->items(), tuple->items().size() == 1 ? ",)" : ")", level);
    if (const Set* set = value.get_if<Set>(); set && set->size() > 0) {
      std::vector<Value> all;
      for (const HashTable::Entry& entry : set->table().entries())
        if (!entry.key.is_missing()) all.push_back(entry.key);
      return items("{", all, "}", level);
    }
    if (const Dict* dict = value.get_if<Dict>()) return pairs(*dict, level);
    const std::string whole = repr(runtime_, value);
    return utf8::length(whole) <= kLetters ? whole : cut(whole);
  }

 private:
  static constexpr std::size_t kItems = 6, kPairs = 4;
  static constexpr std::int64_t kLetters = 30, kHead = (kLetters - 3) / 2, kTail = kLetters - 3 - kHead;

  std::string text(const Str& str) {
    std::string shown = quote(str.slice(0, std::min(str.code_points(), kLetters)));
    if (utf8::length(shown) <= kLetters) return shown;
    const std::int64_t size = str.code_points();
    return cut(quote(std::string(str.slice(0, std::min(kHead, size))) +
                     std::string(str.slice(std::max<std::int64_t>(0, size - kTail), std::min(kTail, size)))));
  }

  /// Head and tail of the text.
  std::string cut(const std::string& whole) {
    const Ref<Str> str = make_str(runtime_, whole);
    return std::string(str->slice(0, kHead)) + "..." +
           std::string(str->slice(str->code_points() - kTail, kTail));
  }

  std::string items(const char* open, const std::vector<Value>& all, const char* close, int level) {
    std::string shown = open;
    if (level <= 0 && !all.empty()) return shown + "..." + close;
    for (std::size_t i = 0; i < all.size() && i < kItems; ++i)
      shown += (i > 0 ? ", " : "") + show(all[i], level - 1);
    return shown + (all.size() > kItems ? ", ..." : "") + close;
  }

  std::string pairs(const Dict& dict, int level) {
    if (dict.size() == 0) return "{}";
    if (level <= 0) return "{...}";
    std::string shown = "{";
    std::size_t count = 0;
    for (const HashTable::Entry& entry : dict.table().entries()) {
      if (entry.key.is_missing()) continue;
      if (count == kPairs) return shown + ", ...}";
      shown += (count++ > 0 ? ", " : "") + show(entry.key, level - 1) + ": " + show(entry.value, level - 1);
    }
    return shown + "}";
  }

  Runtime& runtime_;
};

}  // namespace

std::string limited_repr(Runtime& runtime, const Value& value) {
  constexpr int kLevels = 6;
  return LimitedRepr(runtime).show(value, kLevels);
}

}  // namespace loopscope::scenarios
