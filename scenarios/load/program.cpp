#include "scenarios/load/program.h"

#include <algorithm>
#include <optional>

#include "scenarios/load/body_rules.h"
#include "scenarios/load/fields.h"
#include "scenarios/load/statement_head.h"
#include "scenarios/syntax/lexer.h"
#include "scenarios/syntax/parse.h"
#include "scenarios/syntax/private_names.h"
#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

using Kind = JsonNode::Kind;

constexpr int kMaxNestedBlocks = 20;  // as CPython's compiler

class ProgramReader {
 public:
  ProgramReader(const JsonDocument& document, Report& report) : document_(document), report_(report) {}

  ParsedProgram take(ast::Block block) { return {std::move(block), std::move(unread_)}; }

  ast::Block block(const JsonNode& list, const StatementContext& context) {
    ast::Block block;
    for (const JsonNode& item : list.items) {
      if (item.is(Kind::string)) {
        simple(item, context, block);
      } else if (item.is(Kind::object)) {
        compound(item, context, block);
      } else {
        report_.error(item, "a statement is a string, or an object for def, if, for and so on; this is " +
                                std::string(kind_name(item.kind)));
      }
    }
    return block;
  }

 private:
  void simple(const JsonNode& node, const StatementContext& context, ast::Block& out) {
    const SourceText source = source_text(document_, node);
    if (source.trimmed_begin() > 0 && !source.trimmed().empty())
      return report_.error(node,
                           "unexpected indent: what belongs to a block stands in the list under its \"do\"");
    auto parsed = parse_simple_statement(source, context);
    StatementNode* statement = read(parsed, source, node);
    if (statement == nullptr) return;
    ast::Stmt result{};
    result.pos = node.pos;
    result.pointer = node.pointer;
    result.text = source.trimmed();
    result.node = std::move(*statement);
    out.push_back(std::move(result));
  }

  /// What was parsed, or null after a report.
  template <class T>
  T* read(Parsed<T>& parsed, const SourceText& source, const JsonNode& node) {
    if (T* value = std::get_if<T>(&parsed)) return value;
    SyntaxError& error = std::get<SyntaxError>(parsed);
    const std::size_t offset = std::min(error.offset, source.text().size());
    report_.error({source.pos(offset), node.pointer, std::move(error.message)});
    remember_words(source.text(), !source.prefix().empty());
    return nullptr;
  }

  /// Keeps the words of an unread text that it may bind: all of a header's; of a statement's
  /// those that are not called and whose attributes are not used.
  void remember_words(std::string_view text, bool header) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first != std::string_view::npos && text.substr(first).starts_with("import ")) return;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      while (end < text.size()) {
        const DecodedChar c = decode_utf8(text, end);
        if (!is_identifier_continue(c.code_point)) break;
        end += c.size;
      }
      const bool applied = end < text.size() && (text[end] == '(' || text[end] == '.');
      if (end > i && (header || !applied)) unread_.emplace(text.substr(i, end - i));
      i = std::max(end, i + 1);
    }
  }

  void compound(const JsonNode& node, const StatementContext& context, ast::Block& out) {
    const JsonMember* head = statement_head(node, report_);
    if (head == nullptr) return;
    if (head->key == "def" || head->key == "async def") return function(node, *head, out);
    if (head->key == "if") return if_statement(node, *head, context, out);
    if (head->key == "try") return try_statement(node, *head, context, out);
    if (head->key == "class") return class_statement(node, *head, out);
    if (head->key.starts_with("async ") && !context.in_async) outside_async(*head, context);
    if (head->key.ends_with("with")) return with_statement(node, *head, context, out);
    loop(node, *head, context, out);
  }

  /// The list under `key`, completed to a body; empty when it is not there.
  ast::Block body(const JsonNode& node, std::string_view key, const StatementContext& context) {
    const JsonMember* member = node.find(key);
    if (member == nullptr || !check_kind(member->value, Kind::array, "'" + std::string(key) + "'", report_))
      return {};
    ast::Block result = block(member->value, context);
    complete_body(result, member->value);
    return result;
  }

  ast::Block required_body(const JsonNode& node, const std::string& what, const StatementContext& context) {
    if (node.find("do") == nullptr) {
      report_.error(node, "the body of '" + what + "' is missing: write it as a list under \"do\"");
    }
    return body(node, "do", context);
  }

  /// The text of a header; `prefix` is what the listing prints before it.
  std::optional<SourceText> header(const JsonNode& node, std::string prefix, std::string_view what) {
    if (!check_kind(node, Kind::string, "'" + std::string(what) + "'", report_)) return std::nullopt;
    SourceText source = source_text(document_, node);
    source.set_prefix(std::move(prefix));
    return source;
  }

  /// The context of a part of `node` that is `more` of CPython's blocks deeper.
  StatementContext nested(const JsonNode& node, const StatementContext& context, int more) {
    StatementContext inside = context;
    inside.blocks += more;
    if (context.blocks <= kMaxNestedBlocks && inside.blocks > kMaxNestedBlocks) {
      report_.error(node, "too many statically nested blocks; put the inner ones into a function");
    }
    return inside;
  }

  static ast::Stmt statement(const JsonNode& node, std::string text) {
    ast::Stmt result{};
    result.pos = node.pos;
    result.pointer = node.pointer;
    result.text = std::move(text);
    return result;
  }

  static std::string line(const SourceText& source) {
    return source.prefix() + std::string(source.trimmed());
  }

  void function(const JsonNode& node, const JsonMember& head, ast::Block& out) {
    check_statement_keys(node, head, {"do"}, report_);
    ast::FunctionDef function;
    function.is_async = head.key == "async def";
    function.body = required_body(node, head.key, {true, function.is_async, false});
    function.is_generator = yields(function.body);
    if (function.is_async && function.is_generator) check_async_generator_returns(function.body, report_);
    const std::optional<SourceText> source = header(head.value, head.key + " ", head.key);
    if (!source) return;
    auto parsed = parse_function_header(*source);
    FunctionHeader* read_header = read(parsed, *source, head.value);
    if (read_header == nullptr) return;
    function.name = std::move(read_header->name);
    function.params = std::move(read_header->params);
    ast::Stmt result = statement(node, line(*source));
    result.node = std::move(function);
    out.push_back(std::move(result));
  }

  void class_statement(const JsonNode& node, const JsonMember& head, ast::Block& out) {
    check_statement_keys(node, head, {"do"}, report_);
    ast::ClassDef definition;
    definition.body = required_body(node, "class", {});
    check_special_methods(definition.body, report_);
    const std::optional<SourceText> source = header(head.value, "class ", "class");
    if (!source) return;
    auto parsed = parse_class_header(*source);
    ClassHeader* read_header = read(parsed, *source, head.value);
    if (read_header == nullptr) return;
    definition.name = std::move(read_header->name);
    definition.base = std::move(read_header->base);
    mangle_private_names(definition);
    ast::Stmt result = statement(node, line(*source));
    result.node = std::move(definition);
    out.push_back(std::move(result));
  }

  void outside_async(const JsonMember& head, const StatementContext& context) {
    report_.error({head.key_pos, head.value.pointer,
                   in_quotes(head.key) + " outside async function: " +
                       (context.in_function ? "make the def an \"async def\""
                                            : "put it into an async def and use asyncio.run(main())")});
  }

  void with_statement(const JsonNode& node, const JsonMember& head, const StatementContext& context,
                      ast::Block& out) {
    check_statement_keys(node, head, {"do"}, report_);
    ast::With result;
    result.is_async = head.key == "async with";
    const std::optional<SourceText> source = header(head.value, head.key + " ", head.key);
    WithHeader* read_header = nullptr;
    std::optional<Parsed<WithHeader>> parsed;
    if (source) {
      parsed = parse_with_header(*source);
      read_header = read(*parsed, *source, head.value);
    }
    const int items = read_header == nullptr ? 1 : static_cast<int>(read_header->items.size());
    result.body = required_body(node, head.key, nested(node, context, items));
    if (read_header == nullptr) return;
    result.items = std::move(read_header->items);
    ast::Stmt made = statement(node, line(*source));
    made.node = std::move(result);
    out.push_back(std::move(made));
  }

  /// One `if` or `elif`; false when its condition cannot be read.
  bool branch(const JsonNode& node, const JsonNode& condition, std::string_view keyword,
              const StatementContext& context, ast::If& out) {
    ast::If::Branch branch;
    branch.body = required_body(node, std::string(keyword), context);
    const std::optional<SourceText> source = header(condition, std::string(keyword) + " ", "if");
    if (!source) return false;
    auto parsed = parse_condition(*source, keyword);
    ast::ExprPtr* value = read(parsed, *source, condition);
    if (value == nullptr) return false;
    branch.condition = std::move(*value);
    branch.text = source->trimmed();
    out.branches.push_back(std::move(branch));
    return true;
  }

  void if_statement(const JsonNode& node, const JsonMember& head, const StatementContext& context,
                    ast::Block& out) {
    check_statement_keys(node, head, {"do", "elif", "else"}, report_);
    ast::If result;
    bool ok = branch(node, head.value, "if", context, result);
    if (const JsonMember* elif = node.find("elif")) ok = elif_branches(elif->value, context, result) && ok;
    result.otherwise = body(node, "else", context);
    if (!ok) return;
    ast::Stmt made = statement(node, "if " + result.branches[0].text);
    made.node = std::move(result);
    out.push_back(std::move(made));
  }

  bool elif_branches(const JsonNode& list, const StatementContext& context, ast::If& out) {
    if (!check_kind(list, Kind::array, "'elif'", report_)) return false;
    bool ok = true;
    for (const JsonNode& item : list.items) {
      const Fields fields(item, "an 'elif' branch", {"if", "do"}, report_);
      const JsonNode* condition = fields.get("if");
      if (condition == nullptr) {
        fields.require("if", "write {\"if\": \"...\", \"do\": [...]}");
        ok = false;
        continue;
      }
      ok = branch(item, *condition, "elif", context, out) && ok;
    }
    return ok;
  }

  void loop(const JsonNode& node, const JsonMember& head, const StatementContext& context, ast::Block& out) {
    check_statement_keys(node, head, {"do"}, report_);
    StatementContext inside = nested(node, context, 1);
    inside.in_loop = true;
    ast::Block loop_body = required_body(node, head.key, inside);
    const std::optional<SourceText> source = header(head.value, head.key + " ", head.key);
    if (!source) return;
    ast::Stmt result = statement(node, line(*source));
    if (head.key == "while") {
      auto parsed = parse_condition(*source, "while");
      ast::ExprPtr* condition = read(parsed, *source, head.value);
      if (condition == nullptr) return;
      result.node = ast::While{std::move(*condition), std::move(loop_body)};
    } else {
      auto parsed = parse_for_header(*source);
      ForHeader* read_header = read(parsed, *source, head.value);
      if (read_header == nullptr) return;
      result.node = ast::For{std::move(read_header->target), std::move(read_header->iterable),
                             std::move(loop_body), head.key == "async for"};
    }
    out.push_back(std::move(result));
  }

  void try_statement(const JsonNode& node, const JsonMember& head, const StatementContext& context,
                     ast::Block& out) {
    if (const JsonMember* group = node.find("except*"))
      return report_.error(
          {group->key_pos, group->value.pointer,
           "'except*' is not in the format: catch the ExceptionGroup with \"except\" and look at "
           "its exceptions"});
    check_statement_keys(node, head, {"except", "else", "finally"}, report_);
    ast::Try result;
    const JsonMember* except = node.find("except");
    const bool empty = except != nullptr && except->value.is(Kind::array) && except->value.items.empty();
    const bool has_handlers = except != nullptr && !empty;
    const bool has_finally = node.find("finally") != nullptr;
    const StatementContext guarded = nested(node, context, has_finally ? 1 : 0);
    result.body = body(node, "try", nested(node, guarded, has_handlers ? 1 : 0));
    if (except != nullptr) handlers(except->value, nested(node, guarded, 2), result);
    result.otherwise = body(node, "else", guarded);
    result.finally = body(node, "finally", guarded);
    if (!has_handlers && !has_finally) {
      report_.error(node, "a 'try' needs \"except\" or \"finally\"");
    }
    if (const JsonMember* otherwise = node.find("else"); otherwise != nullptr && !has_handlers) {
      report_.error(
          {otherwise->key_pos, otherwise->value.pointer, "'else' of a try needs \"except\" before it"});
    }
    ast::Stmt made = statement(node, "try");
    made.node = std::move(result);
    out.push_back(std::move(made));
  }

  void handlers(const JsonNode& list, const StatementContext& context, ast::Try& out) {
    if (list.is(Kind::object))
      return report_.error(
          list, "'except' holds a list of handlers: \"except\": [{\"catch\": \"...\", \"do\": [...]}]");
    if (!check_kind(list, Kind::array, "'except'", report_)) return;
    for (const JsonNode& item : list.items) {
      const Fields fields(item, "an 'except' handler", {"catch", "do"}, report_);
      if (!item.is(Kind::object)) continue;
      ast::Try::Handler handler;
      handler.body = required_body(item, "except", context);
      const JsonNode* type = fields.get("catch");
      if (type == nullptr && &item != &list.items.back()) {
        report_.error(item, "a bare except (without \"catch\") must be the last one");
      }
      if (type != nullptr && !catch_header(*type, handler)) continue;
      out.handlers.push_back(std::move(handler));
    }
  }

  bool catch_header(const JsonNode& node, ast::Try::Handler& handler) {
    const std::optional<SourceText> source = header(node, "except ", "catch");
    if (!source) return false;
    auto parsed = parse_catch_header(*source);
    CatchHeader* read_header = read(parsed, *source, node);
    if (read_header == nullptr) return false;
    handler.type = std::move(read_header->type);
    handler.name = std::move(read_header->name);
    handler.text = source->trimmed();
    return true;
  }

  const JsonDocument& document_;
  Report& report_;
  std::set<std::string, std::less<>> unread_;
};

}  // namespace

ParsedProgram read_program(const JsonDocument& document, const JsonNode& list, Report& report) {
  ProgramReader reader(document, report);
  ast::Block block = reader.block(list, {});
  return reader.take(std::move(block));
}

}  // namespace loopscope::scenarios
