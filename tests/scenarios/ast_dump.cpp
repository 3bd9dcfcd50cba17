#include "tests/scenarios/ast_dump.h"

#include <array>
#include <cstdio>

namespace loopscope::scenarios {

namespace {

constexpr std::array<const char*, 12> kBinary = {"+",  "-", "*", "/", "//", "%",
                                                 "**", "&", "|", "^", "<<", ">>"};
constexpr std::array<const char*, 4> kUnary = {"neg", "pos", "inv", "not"};
constexpr std::array<const char*, 10> kCompare = {"==", "!=", "<",      "<=", ">",
                                                  ">=", "in", "not-in", "is", "is-not"};

std::string dump(const ast::ExprPtr& expr) { return expr ? scenarios::dump(*expr) : "_"; }

std::string dump_all(const std::vector<ast::ExprPtr>& items) {
  std::string out;
  for (const ast::ExprPtr& item : items) out += " " + dump(item);
  return out;
}

std::string text(const std::string& value) {
  std::string out = "'";
  for (char c : value) {
    if (c >= ' ' && c < 0x7F && c != '\'' && c != '\\') {
      out += c;
    } else {
      std::array<char, 8> hex{};
      std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += hex.data();
    }
  }
  return out + "'";
}

std::string dump(const ast::Params& params) {
  std::string out;
  const auto one = [&](const ast::Param& param) {
    out += " " + param.name + (param.default_value ? "=" + dump(param.default_value) : "");
  };
  for (const ast::Param& param : params.positional) one(param);
  if (params.bare_star) out += " *";
  if (!params.star.empty()) out += " *" + params.star;
  for (const ast::Param& param : params.keyword_only) one(param);
  if (!params.star_star.empty()) out += " **" + params.star_star;
  return "(params" + out + ")";
}

struct Dumper {
  std::string operator()(const ast::None&) const { return "None"; }
  std::string operator()(const ast::Bool& node) const { return node.value ? "True" : "False"; }
  std::string operator()(const ast::Int& node) const { return std::to_string(node.value); }
  std::string operator()(const ast::Float& node) const {
    std::array<char, 40> digits{};
    std::snprintf(digits.data(), digits.size(), "%.17g", node.value);
    return std::string(digits.data()) + "f";
  }
  std::string operator()(const ast::Str& node) const { return text(node.value); }
  std::string operator()(const ast::Bytes& node) const { return "b" + text(node.value); }
  std::string operator()(const ast::Name& node) const { return node.id; }
  std::string operator()(const ast::FString& node) const {
    std::string out, literal;
    const auto flush = [&] {
      if (!literal.empty()) out += " " + text(literal);
      literal.clear();
    };
    for (const ast::FString::Piece& piece : node.pieces) {
      literal += piece.literal;
      if (!piece.field) continue;
      literal += piece.field->debug_text;
      flush();
      out += " {" + dump(piece.field->value);
      if (piece.field->conversion != 0) out += std::string(" !") + piece.field->conversion;
      if (piece.field->spec) out += " :" + (*this)(*piece.field->spec);
      out += "}";
    }
    flush();
    return "(f" + out + ")";
  }
  std::string operator()(const ast::Starred& node) const { return "(star " + dump(node.value) + ")"; }
  std::string operator()(const ast::List& node) const { return "(list" + dump_all(node.items) + ")"; }
  std::string operator()(const ast::Tuple& node) const { return "(tuple" + dump_all(node.items) + ")"; }
  std::string operator()(const ast::Set& node) const { return "(set" + dump_all(node.items) + ")"; }
  std::string operator()(const ast::Dict& node) const {
    std::string out;
    for (const auto& [key, value] : node.items)
      out += " " + (key ? dump(key) : std::string("**")) + ":" + dump(value);
    return "(dict" + out + ")";
  }
  std::string operator()(const ast::ListComp& node) const {
    std::string out = "(comp " + dump(node.element);
    for (const ast::ListComp::For& loop : node.loops) {
      out += " (for " + dump(loop.target) + " " + dump(loop.iterable) + dump_all(loop.conditions) + ")";
    }
    return out + ")";
  }
  std::string operator()(const ast::Binary& node) const {
    return std::string("(") + kBinary.at(static_cast<std::size_t>(node.op)) + " " + dump(node.left) + " " +
           dump(node.right) + ")";
  }
  std::string operator()(const ast::Unary& node) const {
    return std::string("(") + kUnary.at(static_cast<std::size_t>(node.op)) + " " + dump(node.operand) + ")";
  }
  std::string operator()(const ast::Compare& node) const {
    std::string out = "(cmp " + dump(node.first);
    for (const auto& [op, operand] : node.rest) {
      out += std::string(" ") + kCompare.at(static_cast<std::size_t>(op)) + " " + dump(operand);
    }
    return out + ")";
  }
  std::string operator()(const ast::BoolOp& node) const {
    return (node.is_and ? "(and" : "(or") + dump_all(node.operands) + ")";
  }
  std::string operator()(const ast::Conditional& node) const {
    return "(if " + dump(node.condition) + " " + dump(node.then) + " " + dump(node.otherwise) + ")";
  }
  std::string operator()(const ast::Slice& node) const {
    return "(slice " + dump(node.start) + " " + dump(node.stop) + " " + dump(node.step) + ")";
  }
  std::string operator()(const ast::Subscript& node) const {
    return "(item " + dump(node.object) + " " + dump(node.index) + ")";
  }
  std::string operator()(const ast::Attribute& node) const {
    return "(. " + dump(node.object) + " " + node.name + ")";
  }
  std::string operator()(const ast::Call& node) const {
    std::string out = "(call " + dump(node.function) + dump_all(node.args);
    for (const ast::Call::Keyword& keyword : node.keywords) {
      out += " " + (keyword.name.empty() ? "**" : keyword.name + "=") + dump(keyword.value);
    }
    return out + ")";
  }
  std::string operator()(const ast::Lambda& node) const {
    return "(lambda " + dump(node.params) + " " + dump(node.body) + ")";
  }

  std::string operator()(const ast::ExprStmt& node) const { return waited(node.value, node.via); }
  std::string operator()(const ast::Assign& node) const {
    return "(= " + dump(node.target) + " " + waited(node.value, node.via) + ")";
  }
  std::string operator()(const ast::AugAssign& node) const {
    return std::string("(") + kBinary.at(static_cast<std::size_t>(node.op)) + "= " + dump(node.target) + " " +
           dump(node.value) + ")";
  }
  std::string operator()(const ast::Return& node) const {
    return "(return " + waited(node.value, node.await ? ast::Via::await : ast::Via::plain) + ")";
  }
  std::string operator()(const ast::Raise& node) const {
    return "(raise " + dump(node.error) + " " + dump(node.cause) + ")";
  }
  std::string operator()(const ast::Pass&) const { return "(pass)"; }
  std::string operator()(const ast::Break&) const { return "(break)"; }
  std::string operator()(const ast::Continue&) const { return "(continue)"; }
  std::string operator()(const ast::Global& node) const { return "(global" + names(node.names) + ")"; }
  std::string operator()(const ast::Nonlocal& node) const { return "(nonlocal" + names(node.names) + ")"; }
  std::string operator()(const ast::Assert& node) const {
    return "(assert " + dump(node.condition) + " " + dump(node.message) + ")";
  }
  std::string operator()(const ast::Del& node) const { return "(del" + dump_all(node.targets) + ")"; }
  std::string operator()(const ast::Comment&) const { return "(comment)"; }
  std::string operator()(const ast::FunctionDef&) const { return "(def)"; }
  std::string operator()(const ast::ClassDef&) const { return "(class)"; }
  std::string operator()(const ast::With&) const { return "(with)"; }
  std::string operator()(const ast::If&) const { return "(if)"; }
  std::string operator()(const ast::While&) const { return "(while)"; }
  std::string operator()(const ast::For&) const { return "(for)"; }
  std::string operator()(const ast::Try&) const { return "(try)"; }

  static std::string waited(const ast::ExprPtr& value, ast::Via via) {
    static constexpr const char* kWords[] = {"", "(await ", "(yield ", "(yield_from "};
    const std::string word = kWords[static_cast<std::size_t>(via)];
    return word.empty() ? dump(value) : word + dump(value) + ")";
  }
  static std::string names(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += " " + name;
    return out;
  }
};

}  // namespace

std::string dump(const ast::Expr& expr) { return std::visit(Dumper{}, expr.node); }
std::string dump(const StatementNode& statement) { return std::visit(Dumper{}, statement); }

}  // namespace loopscope::scenarios
