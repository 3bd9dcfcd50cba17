#include "scenarios/listing.h"

#include <algorithm>

#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

/// `column` counts code points from 1.
std::size_t byte_of_column(const std::string& text, std::uint32_t column) {
  std::size_t offset = 0;
  for (std::uint32_t i = 1; i < column && offset < text.size(); ++i) {
    offset += std::max<std::size_t>(decode_utf8(text, offset).size, 1);
  }
  return offset;
}

void add_debug_argument(std::string& line, const ast::Call& call) {
  const std::size_t close = byte_of_column(line, call.close_column);
  const std::size_t before = line.find_last_not_of(" \t\f", close - 1);
  const char* separator = line[before] == '(' ? "" : line[before] == ',' ? " " : ", ";
  line.insert(before + 1, std::string(separator) + "debug=True");
}

class ListingWriter {
 public:
  explicit ListingWriter(const ListingOptions& options) : options_(options) {}

  std::vector<std::string> run(ast::Block& program) {
    opening();
    for (ast::Stmt& one : program) {
      const bool apart = std::holds_alternative<ast::FunctionDef>(one.node) ||
                         std::holds_alternative<ast::ClassDef>(one.node);
      if (apart) blank_ = true;
      statement(one, 0);
      if (apart) blank_ = true;
    }
    return std::move(lines_);
  }

 private:
  /// Imports, and `work` as a function like any other.
  void opening() {
    std::vector<std::string> imports = options_.imports;
    if (options_.work && !std::binary_search(imports.begin(), imports.end(), "time")) {
      imports.insert(std::upper_bound(imports.begin(), imports.end(), "time"), "time");
    }
    for (const std::string& module : imports) line(0, "import " + module);
    if (!options_.work) return;
    blank_ = true;
    line(0, "def work(seconds):");
    line(1, "end = time.perf_counter() + seconds");
    line(1, "while time.perf_counter() < end:");
    line(2, "pass");
    blank_ = true;
  }

  /// The number of the line written.
  std::uint32_t line(int level, const std::string& text) {
    if (blank_ && !lines_.empty()) lines_.emplace_back();
    blank_ = false;
    lines_.push_back(std::string(static_cast<std::size_t>(4 * level), ' ') + text);
    return static_cast<std::uint32_t>(lines_.size());
  }

  /// `text` as printed behind `prefix`, with debug=True where it belongs.
  std::string printed(const std::string& prefix, const std::string& text) const {
    std::string line = prefix + text;
    const auto found = options_.debug_calls.find(&text);
    if (found == options_.debug_calls.end()) return line;
    std::vector<const ast::Call*> calls = found->second;
    std::sort(calls.begin(), calls.end(),
              [](const ast::Call* a, const ast::Call* b) { return a->close_column > b->close_column; });
    for (const ast::Call* call : calls) add_debug_argument(line, *call);
    return line;
  }

  void block(ast::Block& block, int level) {
    for (ast::Stmt& one : block) statement(one, level);
  }

  void statement(ast::Stmt& statement, int level) {
    if (auto* branches = std::get_if<ast::If>(&statement.node))
      return if_statement(statement, *branches, level);
    if (auto* guarded = std::get_if<ast::Try>(&statement.node))
      return try_statement(statement, *guarded, level);
    ast::Block* body = nullptr;
    if (auto* function = std::get_if<ast::FunctionDef>(&statement.node)) body = &function->body;
    if (auto* definition = std::get_if<ast::ClassDef>(&statement.node)) body = &definition->body;
    if (auto* with = std::get_if<ast::With>(&statement.node)) body = &with->body;
    if (auto* loop = std::get_if<ast::While>(&statement.node)) body = &loop->body;
    if (auto* loop = std::get_if<ast::For>(&statement.node)) body = &loop->body;
    const std::string text = printed("", statement.text);
    statement.listing_line = line(level, body == nullptr ? text : text + ":");
    if (body != nullptr) block(*body, level + 1);
  }

  void if_statement(ast::Stmt& statement, ast::If& node, int level) {
    const char* keyword = "if ";
    for (ast::If::Branch& branch : node.branches) {
      branch.listing_line = line(level, printed(keyword, branch.text) + ":");
      block(branch.body, level + 1);
      keyword = "elif ";
    }
    statement.listing_line = node.branches[0].listing_line;
    if (node.otherwise.empty()) return;
    node.else_line = line(level, "else:");
    block(node.otherwise, level + 1);
  }

  void try_statement(ast::Stmt& statement, ast::Try& node, int level) {
    statement.listing_line = line(level, "try:");
    block(node.body, level + 1);
    for (ast::Try::Handler& handler : node.handlers) {
      handler.listing_line =
          line(level, handler.text.empty() ? "except:" : printed("except ", handler.text) + ":");
      block(handler.body, level + 1);
    }
    if (!node.otherwise.empty()) {
      node.else_line = line(level, "else:");
      block(node.otherwise, level + 1);
    }
    if (node.finally.empty()) return;
    node.finally_line = line(level, "finally:");
    block(node.finally, level + 1);
  }

  const ListingOptions& options_;
  std::vector<std::string> lines_;
  bool blank_ = false;  // the next line wants a blank one before it
};

}  // namespace

std::vector<std::string> make_listing(ast::Block& program, const ListingOptions& options) {
  return ListingWriter(options).run(program);
}

}  // namespace loopscope::scenarios
