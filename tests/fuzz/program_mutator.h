#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

namespace loopscope::fuzz {

/// Random changes to scenario files that leave most of them programs: statements are moved,
/// repeated, wrapped and exchanged, words are replaced by words.
class ProgramMutator {
 public:
  /// `change_bytes` changes one statement's text in any way.
  ProgramMutator(unsigned seed, std::function<std::string(std::string)> change_bytes)
      : random_(seed), change_bytes_(std::move(change_bytes)) {}

  /// A changed `file`; when it is no scenario, a library scenario.
  std::string mutate(std::string_view file);
  /// `file` with statements of `other`.
  std::string cross(std::string_view file, std::string_view other);

 private:
  using Json = nlohmann::json;

  void change(Json& file);
  void change_block(Json& block);
  void change_settings(Json& file);
  void change_world(Json& file);
  Json wrapped(Json statement);
  Json new_statement();
  std::string replace_word(const std::string& text);
  std::string new_word();
  Json& pick_block(Json& file);
  std::size_t pick(std::size_t n) { return n == 0 ? 0 : random_() % n; }
  template <class List>
  auto any(const List& list) {
    return list[pick(std::size(list))];
  }

  std::mt19937 random_;
  std::function<std::string(std::string)> change_bytes_;
};

}  // namespace loopscope::fuzz
