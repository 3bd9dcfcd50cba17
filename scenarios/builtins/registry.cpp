#include "scenarios/builtins/registry.h"

#include <algorithm>
#include <vector>

#include "scenarios/builtins/int_constant.h"
#include "scenarios/names.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

std::vector<FunctionTable> functions() {
  std::vector<FunctionTable> tables = {
      {"", basic_functions()},          {"", iteration_functions()},
      {"asyncio", asyncio_functions()}, {"asyncio", task_helper_functions()},
      {"asyncio", scope_functions()},   {"asyncio", stream_functions()},
      {"signal", signal_functions()},   {"time", time_functions()},
  };
  for (const auto more : {thread_functions(), executor_functions()})
    tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

std::vector<FunctionTable> methods() {
  std::vector<FunctionTable> tables = {
      {"str", str_methods()},
      {"bytes", bytes_methods()},
      {"list", list_methods()},
      {"tuple", tuple_methods()},
      {"dict", dict_methods()},
      {"set", set_methods()},
      {"_UnixSelectorEventLoop", loop_methods()},
      {"object", object_methods()},
      {"BaseException", exception_methods()},
      {"BaseExceptionGroup", exception_group_methods()},
      {"generator", generator_methods()},
      {kLibraryGenerator, library_generator_methods()},
      {"async_generator", async_generator_methods()},
      {"coroutine", coroutine_methods()},
      {"Future", future_methods()},
      {"Task", task_methods()},
      {"Handle", handle_methods()},
      {"TimerHandle", timer_handle_methods()},
      {"_UnixSelectorEventLoop", loop_io_methods()},
      {"socket", socket_methods()},
      {"TransportSocket", transport_socket_methods()},
      {"EpollSelector", selector_methods()},
      {"_SelectorMapping", selector_map_methods()},
      {"StreamReader", stream_reader_methods()},
      {"StreamWriter", stream_writer_methods()},
      {"_SelectorSocketTransport", transport_methods()},
      {"Server", server_methods()},
  };
  for (const auto more : {thread_methods(), thread_lock_methods(), executor_methods(), lock_methods(),
                          queue_methods(), scope_methods()})
    tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

std::vector<std::span<const PropertyTable>> properties() { return {lock_properties(), queue_properties()}; }

std::vector<std::span<const TypeRow>> types() {
  return {basic_types(),  iterator_types(),    exception_types(), asyncio_types(), functools_types(),
          thread_types(), thread_lock_types(), executor_types(),  lock_types(),    queue_types(),
          scope_types(),  socket_types(),      selector_types(),  signal_types(),  stream_types()};
}

std::vector<std::span<const NumberRow>> numbers() {
  return {socket_numbers(), selector_numbers(), signal_numbers()};
}

constexpr AliasRow kAliases[] = {
    {"selectors", "DefaultSelector", "EpollSelector"},
    {"asyncio", "TimeoutError", "TimeoutError"},
    {"", "EnvironmentError", "OSError"},
    {"", "IOError", "OSError"},
};

constexpr ConstantRow kConstants[] = {
    {"", "__name__", "__main__"},
    {"asyncio", "FIRST_COMPLETED", "FIRST_COMPLETED"},
    {"asyncio", "FIRST_EXCEPTION", "FIRST_EXCEPTION"},
    {"asyncio", "ALL_COMPLETED", "ALL_COMPLETED"},
};

constexpr std::string_view kModules[] = {
    "asyncio", "concurrent", "concurrent.futures", "functools", "queue", "selectors",
    "signal",  "socket",     "threading",          "time"};

/// What the registry knows a type by.
std::string_view key_of(const TypeRow& row) { return row.key.empty() ? row.name : row.key; }

Value number_value(Interpreter& in, const NumberRow& row) {
  if (row.type.empty()) return Value::integer(row.value);
  return in.make<IntConstant>(in.type_named(row.type), std::string(row.name), row.value);
}

/// The value called `name` in a scope; `missing` when there is none.
Value find_in_scope(Interpreter& in, std::string_view scope, std::string_view name) {
  for (const FunctionTable& table : functions())
    for (const BuiltinRow& row : table.rows)
      if (table.scope == scope && row.name == name) return in.make<Builtin>(in, row, nullptr, table.scope);
  for (const std::span<const TypeRow> table : types())
    for (const TypeRow& row : table)
      if (row.scope == scope && row.name == name) return Value(&in.type_named(key_of(row)));
  for (const AliasRow& row : kAliases)
    if (row.scope == scope && row.name == name) return Value(&in.type_named(row.type));
  for (const ConstantRow& row : kConstants)
    if (row.scope == scope && row.name == name) return in.intern(row.text);
  for (const std::span<const NumberRow> table : numbers())
    for (const NumberRow& row : table)
      if (row.scope == scope && row.name == name) return number_value(in, row);
  return Value::missing();
}

std::vector<std::string_view> names_of(std::string_view scope) {
  std::vector<std::string_view> names;
  for (const FunctionTable& table : functions())
    for (const BuiltinRow& row : table.rows)
      if (table.scope == scope) names.push_back(row.name);
  for (const std::span<const TypeRow> table : types())
    for (const TypeRow& row : table)
      if (row.scope == scope) names.push_back(row.name);
  for (const AliasRow& row : kAliases)
    if (row.scope == scope) names.push_back(row.name);
  for (const ConstantRow& row : kConstants)
    if (row.scope == scope) names.push_back(row.name);
  for (const std::span<const NumberRow> table : numbers())
    for (const NumberRow& row : table)
      if (row.scope == scope) names.push_back(row.name);
  std::sort(names.begin(), names.end());
  return names;
}

bool has(const std::vector<std::string_view>& names, std::string_view name) {
  return std::binary_search(names.begin(), names.end(), name);
}

class RegistryNames final : public Names {
 public:
  bool is_builtin(std::string_view name) const override { return has(builtins_, name); }
  bool is_module(std::string_view name) const override {
    return std::find(std::begin(kModules), std::end(kModules), name) != std::end(kModules);
  }
  bool is_member(std::string_view module, std::string_view member) const override {
    return is_module(module) && has(names_of(module), member);
  }
  std::vector<std::string_view> builtins() const override { return builtins_; }
  std::vector<std::string_view> modules() const override {
    return {std::begin(kModules), std::end(kModules)};
  }
  std::vector<std::string_view> members(std::string_view module) const override {
    return is_module(module) ? names_of(module) : std::vector<std::string_view>();
  }

 private:
  std::vector<std::string_view> builtins_ = names_of("");
};

}  // namespace

const Names& supported_names() {
  static const RegistryNames kNames;
  return kNames;
}

void install_types(Interpreter& in) {
  for (const std::span<const TypeRow> table : types()) {
    for (const TypeRow& row : table) {
      Type& type = in.install_type(row.module, row.type_name.empty() ? row.name : row.type_name,
                                   in.type_named(row.base), key_of(row));
      type.construct = row.construct;
    }
  }
  in.type_named("ExceptionGroup").set_second_base(in.type_named("Exception"));
  for (const FunctionTable& table : methods()) {
    Type& type = in.type_named(table.scope);
    for (const BuiltinRow& row : table.rows)
      type.define(std::string(row.name), in.make<Builtin>(in, row, &type));
  }
  for (const std::span<const PropertyTable> tables : properties())
    for (const PropertyTable& table : tables)
      for (const BuiltinRow& row : table.rows)
        in.type_named(table.type).define(std::string(row.name), in.make<Property>(in, row.function));
}

Value find_builtin(Interpreter& in, std::string_view name) {
  const bool is_module = std::find(std::begin(kModules), std::end(kModules), name) != std::end(kModules);
  if (!is_module) return find_in_scope(in, "", name);
  Ref<Module> module = in.make<Module>(in, std::string(name));
  for (const std::string_view member : names_of(name))
    module->members.emplace(std::string(member), find_in_scope(in, name, member));
  for (const std::string_view inner : kModules)  // concurrent.futures
    if (inner.size() > name.size() && inner.starts_with(name) && inner[name.size()] == '.')
      module->members.emplace(std::string(inner.substr(name.size() + 1)), find_builtin(in, inner));
  return module;
}

}  // namespace loopscope::scenarios
