#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/syntax/source.h"

/// The program of a scenario as a tree: Python's subset of scenarios/FORMAT.md.
namespace loopscope::scenarios::ast {

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

enum class BinaryOp : std::uint8_t { add, sub, mul, div, floordiv, mod, pow, bit_and, bit_or, bit_xor, shl, shr };
enum class UnaryOp : std::uint8_t { negative, positive, invert, logical_not };
enum class CompareOp : std::uint8_t { eq, ne, lt, le, gt, ge, in, not_in, is, is_not };

struct None {};
struct Bool { bool value; };
struct Int { std::int64_t value; };
struct Float { double value; };
struct Str { std::string value; };    ///< UTF-8, escapes resolved, adjacent literals joined
struct Bytes { std::string value; };
struct Name { std::string id; };

/// f'...': literal pieces and {replacement fields}.
struct FString {
  struct Field {
    ExprPtr value;
    char conversion = 0;               ///< 'r', 's', 'a' or 0
    std::unique_ptr<FString> spec;     ///< null when there is no ':'
    std::string debug_text;            ///< "expr=" of {expr=}, else empty
  };
  struct Piece { std::string literal; std::optional<Field> field; };
  std::vector<Piece> pieces;
};

struct Starred { ExprPtr value; };              ///< *xs in displays, calls and targets
struct List { std::vector<ExprPtr> items; };
struct Tuple { std::vector<ExprPtr> items; };
struct Set { std::vector<ExprPtr> items; };
struct Dict { std::vector<std::pair<ExprPtr, ExprPtr>> items; };  ///< null key: **mapping
struct ListComp {
  struct For { ExprPtr target; ExprPtr iterable; std::vector<ExprPtr> conditions; };
  ExprPtr element;
  std::vector<For> loops;
};
struct Binary { BinaryOp op; ExprPtr left, right; };
struct Unary { UnaryOp op; ExprPtr operand; };
struct Compare { ExprPtr first; std::vector<std::pair<CompareOp, ExprPtr>> rest; };
struct BoolOp { bool is_and; std::vector<ExprPtr> operands; };
struct Conditional { ExprPtr condition, then, otherwise; };
struct Slice { ExprPtr start, stop, step; };    ///< each may be null; only inside Subscript
struct Subscript { ExprPtr object, index; };
struct Attribute { ExprPtr object; std::string name; SourcePos name_pos = {}; };
struct Call {
  struct Keyword { std::string name; ExprPtr value; };  ///< empty name: **mapping
  ExprPtr function;
  std::vector<ExprPtr> args;                            ///< may hold Starred
  std::vector<Keyword> keywords;
  std::uint32_t close_column = 0;                       ///< of the ")", counted as Expr::column
};

struct Param { std::string name; ExprPtr default_value; };
struct Params {
  std::vector<Param> positional;     ///< with their defaults
  std::string star;                  ///< *args, or empty
  bool bare_star = false;            ///< a lone *
  std::vector<Param> keyword_only;
  std::string star_star;             ///< **kwargs, or empty
};
struct Lambda { Params params; ExprPtr body; };

struct Expr {
  SourcePos pos;             ///< in the scenario file
  std::uint32_t column = 0;  ///< code point within the statement's text, from 1
  std::uint16_t height = 1;  ///< of this tree; the parser bounds it, so walkers may recurse
  std::variant<None, Bool, Int, Float, Str, Bytes, Name, FString, Starred, List, Tuple, Set, Dict, ListComp, Binary,
               Unary, Compare, BoolOp, Conditional, Slice, Subscript, Attribute, Call, Lambda>
      node;
};

struct Stmt;
using Block = std::vector<Stmt>;

/// How a statement gets its value: at once, or by letting others run first.
enum class Via : std::uint8_t { plain, await, yield, yield_from };

struct ExprStmt { ExprPtr value; Via via = Via::plain; };  ///< null value: a lone `yield`
/// target = value. Target: Name, Attribute, Subscript, or Tuple/List/Starred of those.
struct Assign { ExprPtr target; ExprPtr value; Via via = Via::plain; };
struct AugAssign { ExprPtr target; BinaryOp op; ExprPtr value; };
struct Return { ExprPtr value; bool await = false; };  ///< null value: None
struct Raise { ExprPtr error, cause; };                ///< both may be null
struct Pass {};
struct Break {};
struct Continue {};
struct Global { std::vector<std::string> names; std::vector<SourcePos> places = {}; };
struct Nonlocal { std::vector<std::string> names; std::vector<SourcePos> places = {}; };
struct Assert { ExprPtr condition, message; };
struct Del { std::vector<ExprPtr> targets; };
struct Comment {};                                     ///< the text holds it

struct FunctionDef {
  std::string name;
  Params params;
  Block body;
  bool is_async = false;
  bool is_generator = false;  ///< it yields
  std::string written = {};   ///< its name as written, where `name` is a class's private name; else empty
};
struct ClassDef {
  std::string name;
  ExprPtr base;               ///< null when none is named
  Block body;
  std::string written = {};   ///< as FunctionDef's
};
struct If {
  struct Branch { ExprPtr condition; std::string text; std::uint32_t listing_line = 0; Block body; };
  std::vector<Branch> branches;  ///< if, elif...
  Block otherwise;
  std::uint32_t else_line = 0;   ///< listing line of `else:`
};
struct While { ExprPtr condition; Block body; };
struct For { ExprPtr target, iterable; Block body; bool is_async = false; };
struct With {
  struct Item { ExprPtr manager, target; };  ///< target: null without `as`
  std::vector<Item> items;
  Block body;
  bool is_async = false;
};
struct Try {
  struct Handler {
    ExprPtr type;            ///< null: bare except
    std::string name;        ///< after `as`, or empty
    std::string text;        ///< as written: "ValueError as e"
    std::uint32_t listing_line = 0;
    Block body;
  };
  Block body;
  std::vector<Handler> handlers;
  Block otherwise, finally;
  std::uint32_t else_line = 0, finally_line = 0;
};

struct Stmt {
  SourcePos pos;                   ///< where its JSON string or object begins
  std::string pointer;             ///< JSON pointer
  /// As written, for the listing: the simple statement with its comment, or the
  /// header without colon ("async def task(name, delay)", "while True").
  std::string text;
  std::uint32_t listing_line = 0;  ///< set by the listing, from 1
  std::variant<ExprStmt, Assign, AugAssign, Return, Raise, Pass, Break, Continue, Global, Nonlocal, Assert, Del,
               Comment, FunctionDef, ClassDef, If, While, For, Try, With>
      node;
};

}  // namespace loopscope::scenarios::ast
