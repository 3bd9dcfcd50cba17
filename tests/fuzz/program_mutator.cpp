#include "tests/fuzz/program_mutator.h"

#include <cctype>

#include "scenarios/library.h"
#include "scenarios/names.h"
#include "tests/fuzz/spare_parts.h"

namespace loopscope::fuzz {
namespace {

using nlohmann::json;

json parsed(std::string_view text) {
  json file = json::parse(text, nullptr, false, true);
  const bool usable = file.is_object() && file.contains("program") && file["program"].is_array();
  return usable ? file : json();
}

std::string dumped(const json& file) { return file.dump(-1, ' ', false, json::error_handler_t::replace); }

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

struct Word {
  std::size_t at, size;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_word_byte(text[end])) ++end;
    if (end > at) words.push_back({at, end - at});
    at = std::max(end, at + 1);
  }
  return words;
}

void collect_blocks(json& node, std::vector<json*>& blocks) {
  if (node.is_array()) blocks.push_back(&node);
  for (auto& [key, child] : node.items())
    if (child.is_structured()) collect_blocks(child, blocks);
}

/// Lists of statements hold strings, and objects without a "catch" or an "if" of `elif`.
bool is_statement(const json& node) {
  return node.is_string() || (node.is_object() && !node.contains("catch"));
}

}  // namespace

std::string ProgramMutator::mutate(std::string_view text) {
  json file = parsed(text);
  if (file.is_null()) return std::string(any(scenarios::library_files()).text);
  for (std::size_t times = 1 + pick(4); times > 0; --times) change(file);
  return dumped(file);
}

std::string ProgramMutator::cross(std::string_view text, std::string_view other) {
  json file = parsed(text), from = parsed(other);
  if (file.is_null() || from.is_null()) return std::string(text);
  json& source = pick_block(from);
  json& block = pick_block(file);
  const std::size_t at = pick(block.size() + 1), begin = pick(source.size());
  for (std::size_t i = begin; i < source.size() && i < begin + 1 + pick(6); ++i)
    if (is_statement(source[i])) block.insert(block.begin() + static_cast<std::ptrdiff_t>(at), source[i]);
  return dumped(file);
}

json& ProgramMutator::pick_block(json& file) {
  std::vector<json*> blocks;
  collect_blocks(file["program"], blocks);
  return *blocks[pick(blocks.size())];
}

void ProgramMutator::change(json& file) {
  switch (pick(20)) {
    case 0:
      return change_settings(file);
    case 1:
      return change_world(file);
    default:
      return change_block(pick_block(file));
  }
}

void ProgramMutator::change_block(json& block) {
  const std::size_t at = pick(block.size());
  const auto place = block.begin() + static_cast<std::ptrdiff_t>(at);
  if (block.empty() || pick(5) == 0) {
    block.insert(place, new_statement());
    return;
  }
  json& statement = block[at];
  switch (pick(9)) {
    case 0:
      block.erase(place);
      return;
    case 1:
      std::swap(statement, block[pick(block.size())]);
      return;
    case 2:
      block.insert(place, json(statement));
      return;
    case 3:
      if (is_statement(statement)) statement = wrapped(statement);
      return;
    case 4:
      if (statement.is_string()) statement = change_bytes_(statement);
      return;
    default:
      for (auto& [key, part] : statement.items())
        if (part.is_string()) part = replace_word(part);
  }
}

void ProgramMutator::change_settings(json& file) {
  if (!file["loop"].is_object()) file["loop"] = json::object();
  switch (pick(4)) {
    case 0:
      file["loop"]["debug"] = pick(2) == 0;
      break;
    case 1:
      file["loop"]["slow_callback"] = any(kNumbers);
      break;
    default:
      file["loop"]["model"] = any(kModels);
  }
}

void ProgramMutator::change_world(json& file) {
  if (!file["world"].is_array()) file["world"] = json::array();
  json event = json::parse(any(kWorldEvents));
  event["at"] = any(kNumbers);
  file["world"].push_back(std::move(event));
}

json ProgramMutator::wrapped(json statement) {
  json whole = json::parse(any(kCompounds));
  const char* body = whole.contains("try") ? "try" : "do";
  whole[body].push_back(std::move(statement));
  return whole;
}

json ProgramMutator::new_statement() {
  switch (pick(6)) {
    case 0:
      return json::parse(any(kCompounds));
    case 1:
      return "print(" + new_word() + ", " + new_word() + ")";
    case 2:
      return "x = " + new_word();
    default:
      return any(kStatements);
  }
}

std::string ProgramMutator::new_word() {
  const scenarios::Names& names = scenarios::supported_names();
  switch (pick(5)) {
    case 0:
      return std::string(any(names.builtins()));
    case 1: {
      const std::string_view module = any(names.modules());
      const auto members = names.members(module);
      return std::string(module) + (members.empty() ? "" : "." + std::string(any(members)));
    }
    case 2: {
      const std::string_view text = any(scenarios::library_files()).text;
      const Word word = any(words_of(text));
      return std::string(text.substr(word.at, word.size));
    }
    default:
      return any(kExpressions);
  }
}

std::string ProgramMutator::replace_word(const std::string& text) {
  const std::vector<Word> words = words_of(text);
  if (words.empty()) return text;
  const Word word = any(words);
  if (pick(4) == 0) {  // two words of the statement change places
    const Word other = any(words);
    return text.substr(0, word.at) + text.substr(other.at, other.size) + text.substr(word.at + word.size);
  }
  return text.substr(0, word.at) + new_word() + text.substr(word.at + word.size);
}

}  // namespace loopscope::fuzz
