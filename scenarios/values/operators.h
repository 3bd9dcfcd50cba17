#pragma once

#include "scenarios/syntax/ast.h"
#include "scenarios/values/runtime.h"

/// Python's operators over values. All raise Python's exceptions with CPython's texts.
namespace loopscope::scenarios {

using ast::BinaryOp;
using ast::CompareOp;
using ast::UnaryOp;

Value binary(Runtime& runtime, BinaryOp op, const Value& left, const Value& right);
/// `left op= right`: as binary(), but lists and sets change in place.
Value in_place(Runtime& runtime, BinaryOp op, const Value& left, const Value& right);
Value unary(Runtime& runtime, UnaryOp op, const Value& operand);
/// One comparison; `in`, `is` and their negations included.
bool compare(Runtime& runtime, CompareOp op, const Value& left, const Value& right);
/// `+`, `//=` ...
std::string_view symbol(BinaryOp op, bool in_place = false);

bool truthy(Runtime& runtime, const Value& value);
/// ==
bool equal(Runtime& runtime, const Value& left, const Value& right);
/// As containers compare: identical, or ==.
bool same_or_equal(Runtime& runtime, const Value& left, const Value& right);
/// <
bool less(Runtime& runtime, const Value& left, const Value& right);
/// Equal values hash alike, whatever their type. TypeError "unhashable type: 'list'".
std::uint64_t hash(Runtime& runtime, const Value& value);
/// len(). TypeError "object of type 'int' has no len()".
std::int64_t length(Runtime& runtime, const Value& value);

Value get_item(Runtime& runtime, const Value& object, const Value& key);
void set_item(Runtime& runtime, const Value& object, const Value& key, const Value& value);
void delete_item(Runtime& runtime, const Value& object, const Value& key);
bool contains(Runtime& runtime, const Value& container, const Value& item);

}  // namespace loopscope::scenarios
