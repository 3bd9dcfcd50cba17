// The selectors module: DefaultSelector is epoll. values[0] of a method is the object.
#include <map>

#include "core/net/readiness_selector.h"
#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/int_constant.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/builtins/socket_objects.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

constexpr std::int64_t kRead = 1, kWrite = 2;

/// SelectorKey(fileobj, fd, events, data): a named tuple.
class SelectorKeyObject final : public Object {
 public:
  SelectorKeyObject(Runtime& runtime, Value file, Fd fd, std::int64_t events, Value data)
      : Object(Kind::plain, runtime.type_named("SelectorKey")),
        fd(fd),
        events(events),
        items_(new_tuple(runtime,
                         {std::move(file), Value::integer(fd), Value::integer(events), std::move(data)})) {}

  const Fd fd;
  const std::int64_t events;
  const Value& file() const { return items_->items()[0]; }
  const Value& data() const { return items_->items()[3]; }

  std::string repr(Runtime& runtime) override {
    return "SelectorKey(fileobj=" + scenarios::repr(runtime, file()) + ", fd=" + std::to_string(fd) +
           ", events=" + std::to_string(events) + ", data=" + scenarios::repr(runtime, data()) + ")";
  }
  bool equals(Runtime& runtime, const Value& other) override {
    if (const auto* key = as<SelectorKeyObject>(other)) return items_->equals(runtime, key->items_);
    return items_->equals(runtime, other);
  }
  std::uint64_t hash(Runtime& runtime) override { return items_->hash(runtime); }
  std::optional<std::int64_t> length(Runtime& runtime) override { return items_->length(runtime); }
  Value iterate(Runtime& runtime) override { return items_->iterate(runtime); }
  Value get_item(Runtime& runtime, const Value& key) override { return items_->get_item(runtime, key); }
  std::optional<bool> contains(Runtime& runtime, const Value& item) override {
    return items_->contains(runtime, item);
  }
  Value own_attribute(Runtime&, std::string_view name) override {
    constexpr std::string_view kNames[] = {"fileobj", "fd", "events", "data"};
    for (std::size_t i = 0; i < std::size(kNames); ++i)
      if (kNames[i] == name) return items_->items()[i];
    return Value::missing();
  }

 private:
  Ref<Tuple> items_;
};

class SelectorObject final : public Tracked {
 public:
  explicit SelectorObject(Interpreter& in)
      : Tracked(Kind::plain, in.type_named("EpollSelector")),
        selector(std::make_unique<ReadinessSelector>(in.environment().world, in.tracer())) {}

  std::unique_ptr<ReadinessSelector> selector;  ///< null once closed
  std::map<Fd, Ref<SelectorKeyObject>> keys;    // by fd
  std::vector<Fd> order;                        // of registration, as CPython's dict keeps it

  /// The fd that `file` is registered by: a closed one is found by what it was (ValueError
  /// otherwise).
  Fd lookup(Runtime& runtime, const Value& file) const {
    try {
      return fd_of(runtime, file);
    } catch (const PyError&) {
      for (const auto& [fd, key] : keys)
        if (key->file().is(file)) return fd;
      throw;
    }
  }
  void remember(Ref<SelectorKeyObject> key) {
    const Fd fd = key->fd;
    if (!keys.contains(fd)) order.push_back(fd);
    keys[fd] = std::move(key);
  }
  void forget(Fd fd) {
    keys.erase(fd);
    std::erase(order, fd);
  }
  std::string repr(Runtime&) override { return "<selectors.EpollSelector object at " + address(*this) + ">"; }
  void clear_references() override {
    const auto gone = std::exchange(keys, {});
    const Value self = std::exchange(self_, Value());
  }
  /// CPython's selector and its mapping hold each other until it is closed: one that is
  /// forgotten keeps its descriptors.
  void hold_itself() { self_ = Value(this); }
  void let_go() { const Value self = std::exchange(self_, Value()); }

 private:
  Value self_;
};

/// What get_map() returns: the keys by file object.
class SelectorMap final : public Object {
 public:
  SelectorMap(Runtime& runtime, Ref<SelectorObject> selector)
      : Object(Kind::plain, runtime.type_named("_SelectorMapping")), selector(std::move(selector)) {}
  const Ref<SelectorObject> selector;

  std::string repr(Runtime&) override {
    return "<selectors._SelectorMapping object at " + address(*this) + ">";
  }
  bool truthy(Runtime&) override { return !selector->keys.empty(); }
  std::optional<std::int64_t> length(Runtime&) override {
    return static_cast<std::int64_t>(selector->keys.size());
  }
  Value find(Runtime& runtime, const Value& file) const {
    const auto found = selector->keys.find(selector->lookup(runtime, file));
    return found == selector->keys.end() ? Value::missing() : Value(found->second);
  }
  Value get_item(Runtime& runtime, const Value& file) override {
    const Value found = find(runtime, file);
    if (found.is_missing())
      raise_error(runtime, "KeyError", scenarios::repr(runtime, file) + " is not registered");
    return found;
  }
  std::optional<bool> contains(Runtime& runtime, const Value& file) override {
    return !find(runtime, file).is_missing();
  }
  std::vector<Value> fds() const {
    std::vector<Value> all;
    for (const Fd fd : selector->order) all.push_back(Value::integer(fd));
    return all;
  }
  Value iterate(Runtime& runtime) override { return make_list(runtime, fds())->iterate(runtime); }
};

SelectorObject& self(const Arguments& args) { return *as<SelectorObject>(args.values[0]); }

ReadinessSelector& open_selector(Interpreter& in, const Arguments& args) {
  if (!self(args).selector) value_error(in, "I/O operation on closed epoll object");
  return *self(args).selector;
}

[[noreturn]] void not_registered(Interpreter& in, const Value& file) {
  raise_error(in, "KeyError", repr(in, file) + " is not registered");
}

Ref<SelectorKeyObject> key_of(Interpreter& in, const Arguments& args, const Value& file) {
  const auto found = self(args).keys.find(self(args).lookup(in, file));
  if (found == self(args).keys.end()) not_registered(in, file);
  return found->second;
}

/// What the trace calls a registration: its callback, when that is the data.
std::string label_of(Interpreter& in, const Value& data) {
  return is_callable(data) ? callable_name(in, data) : "selector";
}

void watch(Interpreter& in, const Arguments& args, Fd fd, std::int64_t events, const Value& data) {
  try {
    open_selector(in, args).watch(fd, static_cast<std::uint8_t>(events), label_of(in, data));
  } catch (...) {
    self(args).forget(fd);
    throw;
  }
}

Value construct(Interpreter& in, Arguments& args) {
  if (args.values.size() > 1 || !args.keywords.empty())
    type_error(in, "EpollSelector.__init__() takes 1 positional argument but " +
                       std::to_string(args.values.size() + args.keywords.size()) + " were given");
  Ref<SelectorObject> made = in.make<SelectorObject>(in);
  made->hold_itself();
  return made;
}

Value register_(Interpreter& in, Arguments& args) {
  const std::optional<std::int64_t> events = int_of(args.values[2]);
  const Value data = argument_or(args, 3);
  if (!events || *events == 0 || (*events & ~(kRead | kWrite)))
    value_error(in, "Invalid events: " + repr(in, args.values[2]));
  const Fd fd = self(args).lookup(in, args.values[1]);
  if (self(args).keys.contains(fd))
    raise_error(in, "KeyError",
                repr(in, args.values[1]) + " (FD " + std::to_string(fd) + ") is already registered");
  Ref<SelectorKeyObject> key = in.make<SelectorKeyObject>(in, args.values[1], fd, *events, data);
  watch(in, args, fd, *events, data);
  self(args).remember(key);
  return key;
}

Value unregister(Interpreter& in, Arguments& args) {
  const Ref<SelectorKeyObject> key = key_of(in, args, args.values[1]);
  self(args).forget(key->fd);
  if (self(args).selector) self(args).selector->unwatch(key->fd);
  return key;
}

Value modify(Interpreter& in, Arguments& args) {
  const Ref<SelectorKeyObject> before = key_of(in, args, args.values[1]);
  const std::int64_t events = require_int(in, args.values[2]);
  const Value data = argument_or(args, 3);
  const bool same_data = same_or_equal(in, data, before->data());
  if (events == before->events && same_data) return before;
  if (events != before->events) watch(in, args, before->fd, events & (kRead | kWrite), data);
  Ref<SelectorKeyObject> key = in.make<SelectorKeyObject>(in, before->file(), before->fd, events, data);
  self(args).remember(key);
  return key;
}

Value select(Interpreter& in, Arguments& args) {
  const Value given = argument_or(args, 1);
  std::optional<double> timeout;
  if (!given.is_none()) timeout = std::max(0.0, to_float(in, given));
  std::vector<Value> ready;
  const Ref<SelectorObject> keep(&self(args));
  for (const FdEvent& event : open_selector(in, args).select(timeout)) {
    const auto found = keep->keys.find(event.fd);
    if (found == keep->keys.end()) continue;
    const std::int64_t mask = event.mask & found->second->events;
    ready.push_back(new_tuple(in, {Value(found->second), Value::integer(mask)}));
  }
  return make_list(in, std::move(ready));
}

Value get_map(Interpreter& in, Arguments& args) {
  if (!self(args).selector) return {};
  return in.make<SelectorMap>(in, Ref<SelectorObject>(&self(args)));
}

Value get_key(Interpreter& in, Arguments& args) {
  if (!self(args).selector) runtime_error(in, "Selector is closed");
  return key_of(in, args, args.values[1]);
}

/// What only the keys have is closed in order of registration.
Value close(Interpreter&, Arguments& args) {
  self(args).selector.reset();
  auto keys = std::exchange(self(args).keys, {});
  for (const Fd fd : std::exchange(self(args).order, {})) keys.erase(fd);
  self(args).let_go();
  return {};
}

Value fileno(Interpreter& in, Arguments& args) { return Value::integer(open_selector(in, args).fd()); }
Value enter(Interpreter&, Arguments& args) { return args.values[0]; }
Value exit(Interpreter& in, Arguments& args) { return close(in, args); }

constexpr BuiltinRow kSelector[] = {
    {"register", register_, 2, 3, false, "fileobj, events, data", "_PollLikeSelector"},
    {"unregister", unregister, 1, 1, false, "fileobj", "_PollLikeSelector"},
    {"modify", modify, 2, 3, false, "fileobj, events, data", "_PollLikeSelector"},
    {"select", select, 0, 1, false, "timeout", "EpollSelector"},
    {"get_map", get_map, 0, 0, false, "", "_BaseSelectorImpl"},
    {"get_key", get_key, 1, 1, false, "fileobj", "BaseSelector"},
    {"fileno", fileno, 0, 0, false, "", "EpollSelector"},
    {"close", close, 0, 0, false, "", "EpollSelector"},
    {"__enter__", enter, 0, 0, false, "", "BaseSelector"},
    {"__exit__", exit, 3, 3},
};

// --- the mapping

const SelectorMap& map(const Arguments& args) { return *as<SelectorMap>(args.values[0]); }

Value map_keys(Interpreter& in, Arguments& args) { return make_list(in, map(args).fds()); }

Value map_values(Interpreter& in, Arguments& args) {
  std::vector<Value> all;
  for (const Fd fd : map(args).selector->order) all.push_back(map(args).selector->keys.at(fd));
  return make_list(in, std::move(all));
}

Value map_items(Interpreter& in, Arguments& args) {
  std::vector<Value> all;
  for (const Fd fd : map(args).selector->order)
    all.push_back(new_tuple(in, {Value::integer(fd), Value(map(args).selector->keys.at(fd))}));
  return make_list(in, std::move(all));
}

Value map_get(Interpreter& in, Arguments& args) {
  const Value found = map(args).find(in, args.values[1]);
  return found.is_missing() ? argument_or(args, 2) : found;
}

constexpr BuiltinRow kMap[] = {
    {"keys", map_keys, 0, 0},
    {"values", map_values, 0, 0},
    {"items", map_items, 0, 0},
    {"get", map_get, 1, 2},
};

constexpr TypeRow kTypes[] = {
    {"-", "EpollSelector", "selectors", "object", construct},
    {"-", "SelectorKey", "selectors", "tuple", nullptr},
    {"-", "_SelectorMapping", "selectors", "object", nullptr},
};

constexpr NumberRow kNumbers[] = {{"selectors", "EVENT_READ", kRead, ""},
                                  {"selectors", "EVENT_WRITE", kWrite, ""}};

}  // namespace

std::span<const BuiltinRow> selector_methods() { return kSelector; }
std::span<const BuiltinRow> selector_map_methods() { return kMap; }
std::span<const TypeRow> selector_types() { return kTypes; }
std::span<const NumberRow> selector_numbers() { return kNumbers; }

}  // namespace loopscope::scenarios
