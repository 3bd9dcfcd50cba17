#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace loopscope::scenarios {

/// What the loader must know of the names a program may use: filled from the registry
/// that the interpreter's built-ins stand in, so that the two cannot drift.
class Names {
 public:
  virtual ~Names() = default;
  /// A builtin function, type or exception, or `work`.
  virtual bool is_builtin(std::string_view name) const = 0;
  /// A module that programs may use without import ("asyncio", "time").
  virtual bool is_module(std::string_view name) const = 0;
  virtual bool is_member(std::string_view module, std::string_view member) const = 0;
  /// For suggestions.
  virtual std::vector<std::string_view> builtins() const = 0;
  virtual std::vector<std::string_view> modules() const = 0;
  virtual std::vector<std::string_view> members(std::string_view module) const = 0;
};

/// The names of this version. Implemented beside the registry.
const Names& supported_names();

}  // namespace loopscope::scenarios
