#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/load/report.h"

namespace loopscope::scenarios {

/// Reports unless `node` is of that kind.
bool check_kind(const JsonNode& node, JsonNode::Kind kind, std::string_view what, Report& report);

/// Reports that `value` of `node` is none of `words`, with the nearest.
void report_unknown_word(const JsonNode& node, std::string_view what,
                         const std::vector<std::string_view>& words, Report& report);

/// The members of an object whose keys are known. Wrong types are reported and read as absent.
class Fields {
 public:
  /// Reports when `object` is none, and every key that is not in `known`.
  Fields(const JsonNode& object, std::string_view what, const std::vector<std::string_view>& known,
         Report& report);

  const JsonNode* get(std::string_view key) const;
  const JsonNode* get(std::string_view key, JsonNode::Kind kind) const;
  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  std::optional<bool> flag(std::string_view key) const;
  /// A number that is at least 0, or, with `positive`, above.
  std::optional<double> seconds(std::string_view key, bool positive) const;
  /// Reports when the key is missing.
  void require(std::string_view key, std::string_view hint) const;

 private:
  const JsonNode& object_;
  std::string what_;
  Report& report_;
};

}  // namespace loopscope::scenarios
