#include "scenarios/load/program.h"

#include <algorithm>
#include <optional>

#include "scenarios/load/fields.h"
#include "scenarios/load/nearest.h"
#include "scenarios/syntax/lexer.h"
#include "scenarios/syntax/parse.h"
#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/unicode.h"
#include "scenarios/syntax/walk.h"

namespace loopscope::scenarios {

namespace {

using Kind = JsonNode::Kind;
using Keys = std::vector<std::string_view>;

/// The keys that say which statement an object is.
const Keys& head_keys() {
  static const Keys keys = {"def", "async def", "class", "if",   "while",
                            "for", "async for", "try",   "with", "async with"};
  return keys;
}

bool contains(const Keys& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

constexpr int kMaxNestedBlocks = 20;  // as CPython's compiler

/// Only comments do not make a body in Python.
void complete_body(ast::Block& block, const JsonNode& list) {
  const bool real = std::any_of(block.begin(), block.end(), [](const ast::Stmt& statement) {
    return !std::holds_alternative<ast::Comment>(statement.node);
  });
  if (real) return;
  ast::Stmt pass{};
  pass.pos = list.pos;
  pass.pointer = list.pointer;
  pass.text = "pass";
  pass.node = ast::Pass{};
  block.push_back(std::move(pass));
}

bool yields(const ast::Block& block) {
  bool found = false;
  ast::for_each_statement(block, [&](const ast::Stmt& statement) {
    const auto* expression = std::get_if<ast::ExprStmt>(&statement.node);
    const auto* assign = std::get_if<ast::Assign>(&statement.node);
    const ast::Via via = expression ? expression->via : assign ? assign->via : ast::Via::plain;
    found |= via == ast::Via::yield || via == ast::Via::yield_from;
  });
  return found;
}

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
    const JsonMember* head = nullptr;
    for (const JsonMember& member : node.members) {
      if (!contains(head_keys(), member.key)) continue;
      if (head != nullptr) {
        return report_.error({member.key_pos, member.value.pointer,
                              "two statements in one object: '" + head->key + "' and '" + member.key + "'"});
      }
      head = &member;
    }
    if (head == nullptr) return no_head(node);
    if (head->key == "def" || head->key == "async def") return function(node, *head, out);
    if (head->key == "if") return if_statement(node, *head, context, out);
    if (head->key == "try") return try_statement(node, *head, context, out);
    if (head->key == "class") return class_statement(node, *head, out);
    if (head->key.starts_with("async ") && !context.in_async) outside_async(*head, context);
    if (head->key.ends_with("with")) return with_statement(node, *head, context, out);
    loop(node, *head, context, out);
  }

  void no_head(const JsonNode& node) {
    if (node.members.empty()) return report_.error(node, "an empty object is no statement");
    const auto named = std::find_if(node.members.begin(), node.members.end(),
                                    [](const JsonMember& member) { return member.key != "do"; });
    const JsonMember& first = named == node.members.end() ? node.members[0] : *named;
    std::string message = "unknown statement " + in_quotes(first.key);
    if (first.key == "match") {
      message = "'match' is not in the format: write an if with \"elif\"";
    } else if (first.key == "import" || first.key == "from") {
      message = "'import' is not in the format: modules are there already";
    } else if (first.key == "elif" || first.key == "else") {
      message = "'" + first.key + "' is a key of the object that its 'if' or 'try' stands in";
    } else if (first.key == "except" || first.key == "finally" || first.key == "catch") {
      message = "'" + first.key + "' is a key of the object that its 'try' stands in";
    } else {
      const std::string near = did_you_mean(first.key, head_keys());
      message += near.empty()
                     ? "; there are: def, async def, class, if, while, for, async for, try, with, async with"
                     : near;
    }
    report_.error({first.key_pos, first.value.pointer, message});
  }

  /// Reports keys that do not belong to the statement.
  void check_keys(const JsonNode& node, const JsonMember& head, const Keys& others) {
    const bool loop = head.key == "while" || head.key == "for" || head.key == "async for";
    Keys known = {head.key};
    known.insert(known.end(), others.begin(), others.end());
    if (loop && node.find("else") != nullptr) {
      const JsonMember& member = *node.find("else");
      report_.error({member.key_pos, member.value.pointer,
                     "'else' after a loop is not in the format: use a flag and an if"});
      known.push_back("else");
    }
    if (head.key == "try" && node.find("do") != nullptr) {
      const JsonMember& member = *node.find("do");
      report_.error({member.key_pos, member.value.pointer,
                     "the body of a try stands in \"try\" itself: {\"try\": [...]}"});
      known.push_back("do");
    }
    const Fields fields(node, "a '" + head.key + "' statement", known, report_);
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
    check_keys(node, head, {"do"});
    ast::FunctionDef function;
    function.is_async = head.key == "async def";
    function.body = required_body(node, head.key, {true, function.is_async, false});
    function.is_generator = yields(function.body);
    if (function.is_async && function.is_generator) check_returns(function.body);
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

  /// An async generator returns nothing.
  void check_returns(const ast::Block& block) {
    ast::for_each_statement(block, [&](const ast::Stmt& statement) {
      const auto* result = std::get_if<ast::Return>(&statement.node);
      if (result != nullptr && result->value)
        report_.error({statement.pos, statement.pointer,
                       "'return' with value in async generator: yield the value, then return"});
    });
  }

  void class_statement(const JsonNode& node, const JsonMember& head, ast::Block& out) {
    check_keys(node, head, {"do"});
    ast::ClassDef definition;
    definition.body = required_body(node, "class", {});
    check_methods(definition.body);
    const std::optional<SourceText> source = header(head.value, "class ", "class");
    if (!source) return;
    auto parsed = parse_class_header(*source);
    ClassHeader* read_header = read(parsed, *source, head.value);
    if (read_header == nullptr) return;
    definition.name = std::move(read_header->name);
    definition.base = std::move(read_header->base);
    ast::Stmt result = statement(node, line(*source));
    result.node = std::move(definition);
    out.push_back(std::move(result));
  }

  /// Special methods that nothing would call would only mislead.
  void check_methods(const ast::Block& block) {
    static constexpr std::string_view kSpecial[] = {"__init__",   "__repr__",  "__str__",   "__eq__",
                                                    "__iter__",   "__next__",  "__enter__", "__exit__",
                                                    "__aenter__", "__aexit__", "__aiter__", "__anext__"};
    ast::for_each_statement(block, [&](const ast::Stmt& statement) {
      const auto* method = std::get_if<ast::FunctionDef>(&statement.node);
      if (method == nullptr || !method->name.starts_with("__") || !method->name.ends_with("__")) return;
      if (std::find(std::begin(kSpecial), std::end(kSpecial), method->name) != std::end(kSpecial)) return;
      std::string all;
      for (const std::string_view name : kSpecial) all += (all.empty() ? "" : ", ") + std::string(name);
      report_.error({statement.pos, statement.pointer,
                     "the special method " + in_quotes(method->name) +
                         " is not in the format, write a method of another name; there are: " + all});
    });
  }

  void outside_async(const JsonMember& head, const StatementContext& context) {
    report_.error({head.key_pos, head.value.pointer,
                   in_quotes(head.key) + " outside async function: " +
                       (context.in_function ? "make the def an \"async def\""
                                            : "put it into an async def and use asyncio.run(main())")});
  }

  void with_statement(const JsonNode& node, const JsonMember& head, const StatementContext& context,
                      ast::Block& out) {
    check_keys(node, head, {"do"});
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
    check_keys(node, head, {"do", "elif", "else"});
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
    check_keys(node, head, {"do"});
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
    check_keys(node, head, {"except", "else", "finally"});
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
