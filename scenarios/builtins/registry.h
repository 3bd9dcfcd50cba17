#pragma once

#include <span>
#include <string_view>

#include "scenarios/run/interpreter.h"
#include "scenarios/values/callables.h"

/// Every name that programs may use. To add one is to add a row: to a table of functions
/// (of a module, or methods of a type), to one of types, or to the constants.
namespace loopscope::scenarios {

/// The functions of one scope: "" for builtins, a module's name, or a type's.
struct FunctionTable {
  std::string_view scope;
  std::span<const BuiltinRow> rows;
};

/// A type of values.
struct TypeRow {
  std::string_view scope;  ///< "" for builtins, the module that has it, "-": not to be named
  std::string_view name;
  std::string_view module;          ///< as its repr shows it: "asyncio.events"; "" for builtins
  std::string_view base;            ///< stands in a row before
  NativeFunction construct;         ///< values[0] is the type; null: cannot be called
  std::string_view key = {};        ///< what C++ code calls it, where `name` is another type's, too
  std::string_view type_name = {};  ///< the type's own name, where programs call it by another
};

/// The computed attributes of a type: rows without arguments.
struct PropertyTable {
  std::string_view type;
  std::span<const BuiltinRow> rows;
};

/// A second name of a type: asyncio.TimeoutError.
struct AliasRow {
  std::string_view scope, name, type;
};

/// A text constant: __name__.
struct ConstantRow {
  std::string_view scope, name, text;
};

/// A number constant: socket.AF_INET. `type` is its enumeration; "" for a plain int.
struct NumberRow {
  std::string_view scope, name;
  std::int64_t value;
  std::string_view type;
};

/// Makes the types with their methods. Before anything else of a run.
void install_types(Interpreter& interpreter);
/// The builtin or module called `name`; `missing` when there is none.
Value find_builtin(Interpreter& interpreter, std::string_view name);

// The tables, each in the file that implements it.
std::span<const BuiltinRow> basic_functions();
std::span<const BuiltinRow> iteration_functions();
std::span<const BuiltinRow> str_methods();
std::span<const BuiltinRow> bytes_methods();
std::span<const BuiltinRow> list_methods();
std::span<const BuiltinRow> tuple_methods();
std::span<const BuiltinRow> dict_methods();
std::span<const BuiltinRow> object_methods();
std::span<const BuiltinRow> exception_methods();
std::span<const BuiltinRow> exception_group_methods();
std::span<const BuiltinRow> generator_methods();
std::span<const BuiltinRow> library_generator_methods();
std::span<const BuiltinRow> async_generator_methods();
std::span<const BuiltinRow> coroutine_methods();
std::span<const BuiltinRow> set_methods();
std::span<const BuiltinRow> asyncio_functions();
std::span<const BuiltinRow> time_functions();
std::span<const BuiltinRow> loop_methods();
std::span<const BuiltinRow> loop_io_methods();
std::span<const BuiltinRow> future_methods();
std::span<const BuiltinRow> task_methods();
std::span<const BuiltinRow> handle_methods();
std::span<const BuiltinRow> timer_handle_methods();
std::span<const FunctionTable> thread_functions();
std::span<const FunctionTable> thread_methods();
std::span<const TypeRow> thread_types();
std::span<const FunctionTable> thread_lock_methods();
std::span<const TypeRow> thread_lock_types();
std::span<const FunctionTable> executor_functions();
std::span<const FunctionTable> executor_methods();
std::span<const TypeRow> executor_types();
std::span<const BuiltinRow> task_helper_functions();
std::span<const BuiltinRow> scope_functions();
std::span<const FunctionTable> lock_methods();
std::span<const FunctionTable> queue_methods();
std::span<const FunctionTable> scope_methods();
std::span<const PropertyTable> lock_properties();
std::span<const PropertyTable> queue_properties();
std::span<const TypeRow> lock_types();
std::span<const TypeRow> queue_types();
std::span<const TypeRow> scope_types();
std::span<const BuiltinRow> socket_methods();
std::span<const BuiltinRow> transport_socket_methods();
std::span<const BuiltinRow> selector_methods();
std::span<const BuiltinRow> selector_map_methods();
std::span<const BuiltinRow> signal_functions();
std::span<const BuiltinRow> stream_functions();
std::span<const BuiltinRow> stream_reader_methods();
std::span<const BuiltinRow> stream_writer_methods();
std::span<const BuiltinRow> transport_methods();
std::span<const BuiltinRow> server_methods();
std::span<const TypeRow> socket_types();
std::span<const TypeRow> selector_types();
std::span<const TypeRow> signal_types();
std::span<const TypeRow> stream_types();
std::span<const NumberRow> socket_numbers();
std::span<const NumberRow> selector_numbers();
std::span<const NumberRow> signal_numbers();
std::span<const TypeRow> basic_types();
std::span<const TypeRow> iterator_types();
std::span<const TypeRow> exception_types();
std::span<const TypeRow> asyncio_types();
std::span<const TypeRow> functools_types();

}  // namespace loopscope::scenarios
