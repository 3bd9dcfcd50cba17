#pragma once

#include "scenarios/run/code.h"
#include "scenarios/syntax/ast.h"

/// The expressions of a compiled program.
namespace loopscope::scenarios {

class ConstantNode final : public Node {
 public:
  explicit ConstantNode(Value value) : value_(std::move(value)) {}
  Value evaluate(Frame&) const override { return value_; }

 private:
  Value value_;
};

/// A variable in a slot of the frame. `shared`: through a Cell. `free`: the Cell is an
/// outer function's.
struct SlotAccess {
  std::uint32_t slot = 0;
  bool shared = false, free = false;
};

class SlotNode final : public Node {
 public:
  explicit SlotNode(SlotAccess access) : access_(access) {}
  Value evaluate(Frame& frame) const override;

 private:
  SlotAccess access_;
};

class GlobalNode final : public Node {
 public:
  explicit GlobalNode(std::uint32_t index) : index_(index) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::uint32_t index_;
};

class FStringNode final : public Node {
 public:
  struct Piece {
    std::string literal;
    NodePtr value;  ///< null: the literal alone
    char conversion = 0;
    NodePtr spec;  ///< null: none
  };
  explicit FStringNode(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::vector<Piece> pieces_;
};

/// An item of a display or a call; `starred`: *xs.
struct Item {
  NodePtr value;
  bool starred = false;
};
std::vector<Value> evaluate_items(Frame& frame, const std::vector<Item>& items);

class DisplayNode final : public Node {
 public:
  enum class Type { list, tuple, set };
  DisplayNode(Type type, std::vector<Item> items) : type_(type), items_(std::move(items)) {}
  Value evaluate(Frame& frame) const override;

 private:
  Type type_;
  std::vector<Item> items_;
};

class DictNode final : public Node {
 public:
  /// A null key: **mapping.
  explicit DictNode(std::vector<std::pair<NodePtr, NodePtr>> items) : items_(std::move(items)) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::vector<std::pair<NodePtr, NodePtr>> items_;
};

class ListCompNode final : public Node {
 public:
  struct Loop {
    NodePtr iterable;
    TargetPtr target;
    std::vector<NodePtr> conditions;
  };
  ListCompNode(NodePtr element, std::vector<Loop> loops, std::vector<SlotAccess> variables)
      : element_(std::move(element)), loops_(std::move(loops)), variables_(std::move(variables)) {}
  Value evaluate(Frame& frame) const override;

 private:
  void run(Frame& frame, std::size_t depth, const Value& iterator, class List& into) const;

  NodePtr element_;
  std::vector<Loop> loops_;
  std::vector<SlotAccess> variables_;
};

class BinaryNode final : public Node {
 public:
  BinaryNode(ast::BinaryOp op, NodePtr left, NodePtr right)
      : op_(op), left_(std::move(left)), right_(std::move(right)) {}
  Value evaluate(Frame& frame) const override;

 private:
  ast::BinaryOp op_;
  NodePtr left_, right_;
};

class UnaryNode final : public Node {
 public:
  UnaryNode(ast::UnaryOp op, NodePtr operand) : op_(op), operand_(std::move(operand)) {}
  Value evaluate(Frame& frame) const override;

 private:
  ast::UnaryOp op_;
  NodePtr operand_;
};

class CompareNode final : public Node {
 public:
  CompareNode(NodePtr first, std::vector<std::pair<ast::CompareOp, NodePtr>> rest)
      : first_(std::move(first)), rest_(std::move(rest)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodePtr first_;
  std::vector<std::pair<ast::CompareOp, NodePtr>> rest_;
};

class BoolNode final : public Node {
 public:
  BoolNode(bool is_and, std::vector<NodePtr> operands) : is_and_(is_and), operands_(std::move(operands)) {}
  Value evaluate(Frame& frame) const override;

 private:
  bool is_and_;
  std::vector<NodePtr> operands_;
};

class ConditionalNode final : public Node {
 public:
  ConditionalNode(NodePtr condition, NodePtr then, NodePtr otherwise)
      : condition_(std::move(condition)), then_(std::move(then)), otherwise_(std::move(otherwise)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodePtr condition_, then_, otherwise_;
};

class SliceNode final : public Node {
 public:
  /// Parts may be null.
  SliceNode(NodePtr start, NodePtr stop, NodePtr step)
      : start_(std::move(start)), stop_(std::move(stop)), step_(std::move(step)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodePtr start_, stop_, step_;
};

class SubscriptNode final : public Node {
 public:
  SubscriptNode(NodePtr object, NodePtr index) : object_(std::move(object)), index_(std::move(index)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodePtr object_, index_;
};

class AttributeNode final : public Node {
 public:
  AttributeNode(NodePtr object, std::string name) : object_(std::move(object)), name_(std::move(name)) {}
  Value evaluate(Frame& frame) const override;
  const Node& object() const { return *object_; }
  const std::string& name() const { return name_; }

 private:
  NodePtr object_;
  std::string name_;
};

class CallNode final : public Node {
 public:
  struct Keyword {
    std::string name;  ///< empty: **mapping
    NodePtr value;
  };
  CallNode(NodePtr function, std::vector<Item> args, std::vector<Keyword> keywords);
  Value evaluate(Frame& frame) const override;

 private:
  void add_positional(Frame& frame, const Value& callable, Arguments& arguments) const;
  void add_keywords(Frame& frame, const Value& callable, Arguments& arguments) const;

  NodePtr function_;
  const AttributeNode* method_;  // function_, when it is an attribute
  std::vector<Item> args_;
  std::vector<Keyword> keywords_;
};

/// A name of a class body: the body's own variable, else a global.
class ClassNameNode final : public Node {
 public:
  ClassNameNode(SlotAccess access, std::uint32_t global) : access_(access), global_(global) {}
  Value evaluate(Frame& frame) const override;

 private:
  SlotAccess access_;
  std::uint32_t global_;
};

/// class: runs the body, and makes a type of what it has bound.
class ClassNode final : public Node {
 public:
  struct Attribute {
    std::string name;
    std::uint32_t slot;
    bool shared;
  };
  /// `base` may be null. `class_cell`: the body's slot that methods find the class in, or -1.
  ClassNode(const Code& code, NodePtr base, std::vector<std::uint32_t> closure,
            std::vector<Attribute> attributes, int class_cell)
      : code_(code),
        base_(std::move(base)),
        closure_(std::move(closure)),
        attributes_(std::move(attributes)),
        class_cell_(class_cell) {}
  Value evaluate(Frame& frame) const override;

 private:
  Type& base_type(Frame& frame) const;
  void run_body(Frame& frame, Frame& body) const;

  const Code& code_;
  NodePtr base_;
  std::vector<std::uint32_t> closure_;
  std::vector<Attribute> attributes_;
  int class_cell_;
};

/// def and lambda.
class FunctionNode final : public Node {
 public:
  FunctionNode(const Code& code, std::vector<NodePtr> defaults, std::vector<NodePtr> keyword_defaults,
               std::vector<std::uint32_t> closure)
      : code_(code),
        defaults_(std::move(defaults)),
        keyword_defaults_(std::move(keyword_defaults)),
        closure_(std::move(closure)) {}
  Value evaluate(Frame& frame) const override;

 private:
  const Code& code_;
  std::vector<NodePtr> defaults_, keyword_defaults_;  ///< of the latter, null: none
  std::vector<std::uint32_t> closure_;                ///< slots of this frame that hold the cells
};

}  // namespace loopscope::scenarios
