#include "scenarios/values/dict.h"

#include "scenarios/values/errors.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

/// Walks a table whose owner stays alive; notices when its size changes.
class TableIterator final : public Iterator {
 public:
  using Take = Value (*)(Runtime&, const HashTable::Entry&);
  TableIterator(Type& type, Value owner, const HashTable& table, std::string_view name, Take take)
      : Iterator(type),
        owner_(std::move(owner)),
        table_(&table),
        name_(name),
        take_(take),
        size_(table.size()),
        at_(table.first()) {}

  bool next(Runtime& runtime, Value& item) override {
    if (!table_) return false;
    if (table_->size() != size_)
      runtime_error(runtime, std::string(name_) + " changed size during iteration");
    while (at_ < table_->entries().size() && table_->entries()[at_].key.is_missing()) ++at_;
    if (at_ >= table_->entries().size()) {
      table_ = nullptr;
      owner_ = Value();
      return false;
    }
    item = take_(runtime, table_->entries()[at_++]);
    return true;
  }

 private:
  Value owner_;
  const HashTable* table_;
  std::string_view name_;
  Take take_;
  std::size_t size_, at_;
};

Value take_key(Runtime&, const HashTable::Entry& entry) { return entry.key; }
Value take_value(Runtime&, const HashTable::Entry& entry) { return entry.value; }
Value take_item(Runtime& runtime, const HashTable::Entry& entry) {
  return new_tuple(runtime, {entry.key, entry.value});
}

/// The pair that dict.update and dict() take from item `index`.
std::vector<Value> pair_from(Runtime& runtime, const Value& item, std::size_t index) {
  if (!is_iterable(runtime, item))
    type_error(runtime, "cannot convert dictionary update sequence element #" + std::to_string(index) +
                            " to a sequence");
  std::vector<Value> pair = collect(runtime, item);
  if (pair.size() != 2)
    value_error(runtime, "dictionary update sequence element #" + std::to_string(index) + " has length " +
                             std::to_string(pair.size()) + "; 2 is required");
  return pair;
}

}  // namespace

void Dict::clear() {
  table_.clear();
  holds(table_.bytes());
}

Value Dict::get(Runtime& runtime, const Value& key) {
  const HashTable::Entry* entry = table_.find(runtime, key);
  return entry ? entry->value : Value::missing();
}

void Dict::set(Runtime& runtime, const Value& key, Value value) {
  if (table_.insert(runtime, key, std::move(value))) holds(table_.bytes());
}

void Dict::update(Runtime& runtime, const Value& other) {
  if (const Dict* dict = other.get_if<Dict>()) {
    if (dict == this) return;
    for (const HashTable::Entry& entry : dict->table_.entries())
      if (!entry.key.is_missing()) set(runtime, Value(entry.key), Value(entry.value));
    return;
  }
  std::size_t index = 0;
  for_each(runtime, other, [&](const Value& item) {
    const std::vector<Value> pair = pair_from(runtime, item, index++);
    set(runtime, pair[0], pair[1]);
    return true;
  });
}

std::string Dict::repr(Runtime& runtime) {
  if (!runtime.enter_repr(this)) return "{...}";
  struct Leave {
    Runtime& runtime;
    ~Leave() { runtime.leave_repr(); }
  } leave{runtime};
  std::string text = "{";
  for (std::size_t i = 0; i < table_.entries().size(); ++i) {
    const HashTable::Entry entry = table_.entries()[i];  // a copy: __repr__ may change the dict
    if (entry.key.is_missing()) continue;
    if (text.size() > 1) text += ", ";
    text += scenarios::repr(runtime, entry.key) + ": " + scenarios::repr(runtime, entry.value);
    runtime.check_room(text.size());
  }
  return text + "}";
}

bool Dict::equals(Runtime& runtime, const Value& other) {
  Dict* dict = other.get_if<Dict>();
  if (!dict || dict->size() != size()) return false;
  for (std::size_t i = 0; i < table_.entries().size(); ++i) {
    const HashTable::Entry entry = table_.entries()[i];
    if (entry.key.is_missing()) continue;
    const Value theirs = dict->get(runtime, entry.key);
    if (theirs.is_missing() || !same_or_equal(runtime, entry.value, theirs)) return false;
  }
  return true;
}

std::uint64_t Dict::hash(Runtime& runtime) { type_error(runtime, "unhashable type: 'dict'"); }

Value Dict::iterate(Runtime& runtime) {
  return runtime.make<TableIterator>(runtime.type_named("dict_keyiterator"), Value(this), table_,
                                     "dictionary", take_key);
}

Value Dict::get_item(Runtime& runtime, const Value& key) {
  Value value = get(runtime, key);
  if (value.is_missing())
    throw PyError(runtime.make<Exception>(runtime.exception_type("KeyError"), std::vector<Value>{key}));
  return value;
}

void Dict::delete_item(Runtime& runtime, const Value& key) {
  if (remove(runtime, key).is_missing())
    throw PyError(runtime.make<Exception>(runtime.exception_type("KeyError"), std::vector<Value>{key}));
}

DictView::DictView(Runtime& runtime, Ref<Dict> dict, What what)
    : Object(Kind::dict_view, runtime.type_named(what == What::keys     ? "dict_keys"
                                                 : what == What::values ? "dict_values"
                                                                        : "dict_items")),
      dict_(std::move(dict)),
      what_(what) {}

std::string DictView::repr(Runtime& runtime) {
  return type().name() + "(" + make_list(runtime, collect(runtime, Value(this)))->repr(runtime) + ")";
}

Value DictView::iterate(Runtime& runtime) {
  static constexpr std::string_view kNames[] = {"dict_keyiterator", "dict_valueiterator",
                                                "dict_itemiterator"};
  static constexpr TableIterator::Take kTakes[] = {take_key, take_value, take_item};
  const auto which = static_cast<std::size_t>(what_);
  return runtime.make<TableIterator>(runtime.type_named(kNames[which]), Value(dict_), dict_->table(),
                                     "dictionary", kTakes[which]);
}

std::optional<bool> DictView::contains(Runtime& runtime, const Value& item) {
  if (what_ == What::values) return std::nullopt;
  if (what_ == What::keys) return !dict_->get(runtime, item).is_missing();
  const Tuple* pair = item.get_if<Tuple>();
  if (!pair || pair->items().size() != 2) return false;
  const Value value = dict_->get(runtime, pair->items()[0]);
  return !value.is_missing() && same_or_equal(runtime, value, pair->items()[1]);
}

bool DictView::equals(Runtime& runtime, const Value& other) {
  if (what_ == What::values) return other.object() == this;
  Object* object = other.object();
  const bool setlike = object && (object->kind() == Kind::set || object->kind() == Kind::dict_view);
  if (!setlike || object->length(runtime) != length(runtime)) return false;
  bool equal = true;
  for_each(runtime, other, [&](const Value& item) { return equal = *contains(runtime, item); });
  return equal;
}

void Set::clear() {
  table_.clear();
  holds(table_.bytes());
}

void Set::add(Runtime& runtime, const Value& item) {
  if (table_.find(runtime, item)) return;  // the first of equal items stays
  if (table_.insert(runtime, item, Value())) holds(table_.bytes());
}

Value Set::pop() { return size() == 0 ? Value::missing() : table_.remove_at(table_.first()).key; }

std::string Set::repr(Runtime& runtime) {
  if (size() == 0) return "set()";
  if (!runtime.enter_repr(this)) return "set(...)";
  struct Leave {
    Runtime& runtime;
    ~Leave() { runtime.leave_repr(); }
  } leave{runtime};
  const std::string list = make_list(runtime, collect(runtime, Value(this)))->repr(runtime);
  return "{" + list.substr(1, list.size() - 2) + "}";
}

bool Set::equals(Runtime& runtime, const Value& other) {
  Set* set = other.get_if<Set>();
  if (!set || set->size() != size()) return false;
  for (std::size_t i = 0; i < table_.entries().size(); ++i) {
    const Value key = table_.entries()[i].key;
    if (!key.is_missing() && !set->has(runtime, key)) return false;
  }
  return true;
}

std::uint64_t Set::hash(Runtime& runtime) { type_error(runtime, "unhashable type: 'set'"); }

Value Set::iterate(Runtime& runtime) {
  return runtime.make<TableIterator>(runtime.type_named("set_iterator"), Value(this), table_, "Set",
                                     take_key);
}

Ref<Dict> make_dict(Runtime& runtime) { return runtime.make<Dict>(runtime); }
Ref<Set> make_set(Runtime& runtime) { return runtime.make<Set>(runtime); }

Ref<Set> make_set(Runtime& runtime, const Value& iterable) {
  Ref<Set> set = make_set(runtime);
  for_each(runtime, iterable, [&](const Value& item) {
    set->add(runtime, item);
    return true;
  });
  return set;
}

Value make_reverse_dict_iterator(Runtime& runtime, Ref<Dict> dict) {
  return make_iterator(runtime, "dict_reversekeyiterator",
                       [dict, size = dict->size(), at = dict->table().entries().size()](Runtime& rt) mutable {
                         if (dict->size() != size)
                           runtime_error(rt, "dictionary changed size during iteration");
                         while (at > 0) {
                           const HashTable::Entry& entry = dict->table().entries()[--at];
                           if (!entry.key.is_missing()) return entry.key;
                         }
                         return Value::missing();
                       });
}

}  // namespace loopscope::scenarios
