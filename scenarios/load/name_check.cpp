#include "scenarios/load/name_check.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "scenarios/load/advice.h"
#include "scenarios/load/binding_scope.h"
#include "scenarios/load/format_names.h"
#include "scenarios/load/nearest.h"
#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/walk.h"

namespace loopscope::scenarios {

namespace {

constexpr const char* kNotYet = " is in the format, but this version of loopscope does not have it yet";

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

class NameChecker {
 public:
  NameChecker(const ParsedProgram& program, const Names& names, Report& report)
      : program_(program), names_(names), report_(report), scopes_(program.block) {}

  NameUse run() {
    Function module{&scopes_.module(), {}, {}};
    block(program_.block, module);
    use_.imports.assign(imports_.begin(), imports_.end());
    return std::move(use_);
  }

 private:
  /// The function (or module) being walked, with the names met so far.
  struct Function {
    const BindingScope* scope;
    BindingScope::Words used, assigned;
  };
  /// Where the expressions being walked stand.
  struct Place {
    Function& function;
    std::string pointer;
    const std::string* text;
  };

  void block(const ast::Block& block, Function& function) {
    for (const ast::Stmt& statement : block) this->statement(statement, function);
  }

  void statement(const ast::Stmt& statement, Function& function) {
    Place place{function, statement.pointer, &statement.text};
    std::visit([&](const auto& node) { this->node(node, statement, place); }, statement.node);
  }

  void node(const ast::ExprStmt& node, const ast::Stmt&, Place& place) { expr(node.value, place); }
  void node(const ast::Assign& node, const ast::Stmt&, Place& place) {
    expr(node.value, place);
    target(*node.target, place);
  }
  void node(const ast::AugAssign& node, const ast::Stmt&, Place& place) {
    target(*node.target, place);
    expr(node.value, place);
  }
  void node(const ast::Return& node, const ast::Stmt&, Place& place) { expr(node.value, place); }
  void node(const ast::Raise& node, const ast::Stmt&, Place& place) {
    expr(node.error, place);
    expr(node.cause, place);
  }
  void node(const ast::Pass&, const ast::Stmt&, Place&) {}
  void node(const ast::Break&, const ast::Stmt&, Place&) {}
  void node(const ast::Continue&, const ast::Stmt&, Place&) {}
  void node(const ast::Comment&, const ast::Stmt&, Place&) {}
  void node(const ast::Global& node, const ast::Stmt&, Place& place) {
    for (std::size_t i = 0; i < node.names.size(); ++i)
      declaration("global", node.names[i], node.places[i], place);
  }
  void node(const ast::Nonlocal& node, const ast::Stmt&, Place& place) {
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      if (!declaration("nonlocal", node.names[i], node.places[i], place)) continue;
      nonlocal_binding(node.names[i], node.places[i], place);
    }
  }
  void node(const ast::Assert& node, const ast::Stmt&, Place& place) {
    expr(node.condition, place);
    expr(node.message, place);
  }
  void node(const ast::Del& node, const ast::Stmt&, Place& place) {
    for (const ast::ExprPtr& one : node.targets) target(*one, place);
  }
  void node(const ast::FunctionDef& node, const ast::Stmt& statement, Place& place) {
    place.function.assigned.insert(node.name);
    place.pointer = statement.pointer + (node.is_async ? "/async def" : "/def");
    ast::for_each_default(node.params, [&](const ast::ExprPtr& value) { expr(value, place); });
    Function inner{&scopes_.of(node), {}, {}};
    block(node.body, inner);
  }
  void node(const ast::ClassDef& node, const ast::Stmt& statement, Place& place) {
    place.pointer = statement.pointer + "/class";
    expr(node.base, place);
    if (node.base) class_base(*node.base, place);
    place.function.assigned.insert(node.name);
    Function inner{&scopes_.of(node), {}, {}};
    block(node.body, inner);
  }
  void node(const ast::With& node, const ast::Stmt& statement, Place& place) {
    place.pointer = statement.pointer + (node.is_async ? "/async with" : "/with");
    for (const ast::With::Item& item : node.items) {
      expr(item.manager, place);
      if (item.target) target(*item.target, place);
    }
    block(node.body, place.function);
  }
  void node(const ast::If& node, const ast::Stmt& statement, Place& place) {
    for (std::size_t i = 0; i < node.branches.size(); ++i) {
      const std::string key = i == 0 ? "/if" : "/elif/" + std::to_string(i - 1) + "/if";
      Place condition{place.function, statement.pointer + key, &node.branches[i].text};
      expr(node.branches[i].condition, condition);
      block(node.branches[i].body, place.function);
    }
    block(node.otherwise, place.function);
  }
  void node(const ast::While& node, const ast::Stmt& statement, Place& place) {
    place.pointer = statement.pointer + "/while";
    expr(node.condition, place);
    block(node.body, place.function);
  }
  void node(const ast::For& node, const ast::Stmt& statement, Place& place) {
    place.pointer = statement.pointer + (node.is_async ? "/async for" : "/for");
    target(*node.target, place);
    expr(node.iterable, place);
    block(node.body, place.function);
  }
  void node(const ast::Try& node, const ast::Stmt& statement, Place& place) {
    block(node.body, place.function);
    for (std::size_t i = 0; i < node.handlers.size(); ++i) {
      const ast::Try::Handler& handler = node.handlers[i];
      Place type{place.function, statement.pointer + "/except/" + std::to_string(i) + "/catch",
                 &handler.text};
      expr(handler.type, type);
      if (!handler.name.empty()) place.function.assigned.insert(handler.name);
      block(handler.body, place.function);
    }
    block(node.otherwise, place.function);
    block(node.finally, place.function);
  }

  /// A class inherits from an exception or from a class of the program.
  void class_base(const ast::Expr& base, Place& place) {
    std::string named;
    if (const auto* name = std::get_if<ast::Name>(&base.node)) {
      const bool type = names_.is_builtin(name->id) && std::islower(static_cast<unsigned char>(name->id[0]));
      if (type && name->id != "object" && !is_variable(name->id, place)) named = name->id;
    } else if (const auto* attribute = std::get_if<ast::Attribute>(&base.node)) {
      const std::optional<std::string> module = module_path(*attribute->object, place);
      const std::string& member = attribute->name;
      const bool exception = member.ends_with("Error") || member == "QueueEmpty" || member == "QueueFull" ||
                             member == "Empty" || member == "Full";
      if (module && names_.is_member(*module, member) && !exception) named = *module + "." + member;
    }
    if (named.empty()) return;
    report_.error({base.pos, place.pointer,
                   "a class cannot inherit from " + in_quotes(named) +
                       " in the format: keep one in an attribute, self.inner = " + named + "()"});
  }

  /// Checks `global name` or `nonlocal name`; true when it may stand here.
  bool declaration(const std::string& word, const std::string& name, SourcePos pos, Place& place) {
    const Function& function = place.function;
    std::string message;
    if (function.scope->params.contains(name)) {
      message = "name " + in_quotes(name) + " is parameter and " + word;
    } else if (function.scope->globals.contains(name) && function.scope->nonlocals.contains(name)) {
      message = "name " + in_quotes(name) + " is nonlocal and global";
    } else if (function.assigned.contains(name)) {
      message = "name " + in_quotes(name) + " is assigned to before " + word + " declaration";
    } else if (function.used.contains(name)) {
      message = "name " + in_quotes(name) + " is used prior to " + word + " declaration";
    } else {
      return true;
    }
    report_.error({pos, place.pointer, message + "; move the line up"});
    return false;
  }

  void nonlocal_binding(const std::string& name, SourcePos pos, Place& place) {
    const BindingScope& scope = *place.function.scope;
    if (scope.parent == nullptr) {
      report_.error({pos, place.pointer, "nonlocal declaration not allowed at module level"});
    } else if (!scope.encloses(name) && !program_.unread.contains(name)) {
      report_.error({pos, place.pointer,
                     "no binding for nonlocal " + in_quotes(name) + " found in an enclosing function"});
    }
  }

  void target(const ast::Expr& target, Place& place) {
    if (const auto* name = std::get_if<ast::Name>(&target.node)) {
      place.function.assigned.insert(name->id);
    } else if (std::holds_alternative<ast::Attribute>(target.node) ||
               std::holds_alternative<ast::Subscript>(target.node)) {
      visit(target, place);
    } else {
      ast::for_each_child(target, [&](const ast::ExprPtr& child) { this->target(*child, place); });
    }
  }

  void expr(const ast::ExprPtr& expr, Place& place) {
    if (expr) visit(*expr, place);
  }

  void visit(const ast::Expr& expr, Place& place) {
    if (const auto* name = std::get_if<ast::Name>(&expr.node)) return name_use(*name, expr, place);
    if (const auto* attribute = std::get_if<ast::Attribute>(&expr.node)) {
      if (module_attribute(*attribute, place)) return;
    } else if (const auto* call = std::get_if<ast::Call>(&expr.node)) {
      remember_run(*call, place);
    } else if (const auto* lambda = std::get_if<ast::Lambda>(&expr.node)) {
      ast::for_each_default(lambda->params, [&](const ast::ExprPtr& value) { this->expr(value, place); });
      collect_param_names(lambda->params, inner_.emplace_back());
      this->expr(lambda->body, place);
      inner_.pop_back();
      return;
    } else if (const auto* comprehension = std::get_if<ast::ListComp>(&expr.node)) {
      return list_comprehension(*comprehension, place);
    }
    ast::for_each_child(expr, [&](const ast::ExprPtr& child) { visit(*child, place); });
  }

  void list_comprehension(const ast::ListComp& node, Place& place) {
    expr(node.loops[0].iterable, place);  // in the scope around it
    inner_.emplace_back();
    for (const ast::ListComp::For& loop : node.loops) collect_target_names(*loop.target, inner_.back());
    for (const ast::ListComp::For& loop : node.loops) {
      if (&loop != &node.loops[0]) expr(loop.iterable, place);
      for (const ast::ExprPtr& condition : loop.conditions) expr(condition, place);
    }
    expr(node.element, place);
    inner_.pop_back();
  }

  bool is_inner(std::string_view name) const {
    return std::any_of(inner_.begin(), inner_.end(),
                       [&](const BindingScope::Words& words) { return words.contains(name); });
  }

  /// Whether `name` means a variable of the program, as far as it could be read.
  bool is_variable(std::string_view name, const Place& place) const {
    return is_inner(name) || place.function.scope->binds(name) || program_.unread.contains(name);
  }

  void name_use(const ast::Name& name, const ast::Expr& expr, Place& place) {
    if (is_inner(name.id)) return;
    place.function.used.insert(name.id);
    if (is_variable(name.id, place)) return;
    if (names_.is_builtin(name.id)) {
      use_.work |= name.id == "work";
    } else if (names_.is_module(name.id)) {
      imports_.insert(name.id);
    } else if (is_format_builtin(name.id)) {
      report_.error({expr.pos, place.pointer, in_quotes(name.id) + kNotYet});
    } else if (is_python_builtin(name.id)) {
      report_.error({expr.pos, place.pointer,
                     "the builtin " + in_quotes(name.id) + " is not in the format" +
                         or_advice(instead_of_builtin(name.id), [&] { return builtin_list(name.id); })});
    }
  }

  /// What to write instead; else what there is.
  template <class List>
  static std::string or_advice(std::string_view advice, List list) {
    return advice.empty() ? "; " + list() : ": " + std::string(advice);
  }

  std::string builtin_list(std::string_view word) const {
    std::vector<std::string_view> functions = names_.builtins();
    std::erase_if(functions,
                  [](std::string_view name) { return name.empty() || name[0] < 'a' || name[0] > 'z'; });
    std::sort(functions.begin(), functions.end());
    return some_of(word, functions, ", and the exceptions");
  }

  /// "asyncio" when `expr` is that module, and not a variable of the program.
  std::optional<std::string> module_path(const ast::Expr& expr, const Place& place) const {
    if (const auto* name = std::get_if<ast::Name>(&expr.node)) {
      const bool module = names_.is_module(name->id) || is_python_module(name->id);
      if (module && !is_variable(name->id, place) && !names_.is_builtin(name->id)) return name->id;
    } else if (const auto* attribute = std::get_if<ast::Attribute>(&expr.node)) {
      const std::optional<std::string> parent = module_path(*attribute->object, place);
      if (!parent) return std::nullopt;
      std::string path = *parent + "." + attribute->name;
      if (names_.is_module(path) || is_format_module(path)) return path;
    }
    return std::nullopt;
  }

  /// Checks `module.member`; false when the object is no module.
  bool module_attribute(const ast::Attribute& attribute, Place& place) {
    const std::optional<std::string> module = module_path(*attribute.object, place);
    if (!module) return false;
    if (names_.is_module(*module)) {
      imports_.insert(*module);
      const bool known =
          names_.is_member(*module, attribute.name) || names_.is_module(*module + "." + attribute.name);
      if (!known) report_.error({attribute.name_pos, place.pointer, member_message(*module, attribute.name)});
    } else if (names_.is_module(*module + "." + attribute.name)) {
      imports_.insert(*module + "." + attribute.name);
    } else if (is_format_module(*module)) {
      report_.error({attribute.object->pos, place.pointer, "the module " + in_quotes(*module) + kNotYet});
    } else {
      report_.error({attribute.object->pos, place.pointer,
                     "the module " + in_quotes(*module) + " is not in the format" +
                         or_advice(instead_of_module(*module),
                                   [&] { return "there are: " + joined(names_.modules()); })});
    }
    return true;
  }

  /// All names when they are few; else those nearest to `word`, and where the list stands.
  static std::string some_of(std::string_view word, std::vector<std::string_view> names,
                             std::string_view more, const std::string& lead = "there are: ") {
    constexpr std::size_t kFew = 16, kShown = 3;
    if (names.size() <= kFew) return lead + joined(names) + std::string(more);
    return "the nearest are: " + joined(nearest_of(word, std::move(names), kShown)) +
           " (all: \"Names\" in the format's description)";
  }

  std::string member_message(const std::string& module, const std::string& member) const {
    if (is_format_member(module, member)) return in_quotes(module + "." + member) + kNotYet;
    const std::vector<std::string_view> members = names_.members(module);
    const std::string_view near = nearest(member, members);
    const std::string message = "there is no " + in_quotes(module + "." + member) + " in the format; ";
    if (!near.empty()) return message + "did you mean '" + module + "." + std::string(near) + "'?";
    return message + some_of(member, members, "", module + " has: ");
  }

  void remember_run(const ast::Call& call, Place& place) {
    const auto* function = std::get_if<ast::Attribute>(&call.function->node);
    if (function == nullptr || function->name != "run" || module_path(*function->object, place) != "asyncio")
      return;
    const bool decided = std::any_of(
        call.keywords.begin(), call.keywords.end(),
        [](const ast::Call::Keyword& keyword) { return keyword.name == "debug" || keyword.name.empty(); });
    if (!decided) use_.run_calls[place.text].push_back(&call);
  }

  const ParsedProgram& program_;
  const Names& names_;
  Report& report_;
  const BindingScopes scopes_;
  std::vector<BindingScope::Words> inner_;  // of the lambdas and comprehensions around
  std::set<std::string> imports_;
  NameUse use_;
};

}  // namespace

NameUse check_names(const ParsedProgram& program, const Names& names, Report& report) {
  return NameChecker(program, names, report).run();
}

}  // namespace loopscope::scenarios
