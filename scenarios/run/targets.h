#pragma once

#include "scenarios/run/expressions.h"

/// What can be assigned to, and the statements that are run as one node.
namespace loopscope::scenarios {

class SlotTarget final : public Target {
 public:
  explicit SlotTarget(SlotAccess access) : access_(access) {}
  void store(Frame& frame, Value value) const override;
  void remove(Frame& frame) const override;

 private:
  SlotAccess access_;
};

class GlobalTarget final : public Target {
 public:
  explicit GlobalTarget(std::uint32_t index) : index_(index) {}
  void store(Frame& frame, Value value) const override;
  void remove(Frame& frame) const override;

 private:
  std::uint32_t index_;
};

class AttributeTarget final : public Target {
 public:
  AttributeTarget(NodePtr object, std::string name) : object_(std::move(object)), name_(std::move(name)) {}
  void store(Frame& frame, Value value) const override;
  void remove(Frame& frame) const override;

 private:
  NodePtr object_;
  std::string name_;
};

class ItemTarget final : public Target {
 public:
  ItemTarget(NodePtr object, NodePtr key) : object_(std::move(object)), key_(std::move(key)) {}
  void store(Frame& frame, Value value) const override;
  void remove(Frame& frame) const override;

 private:
  NodePtr object_, key_;
};

/// a, *b, (c, d) = ...
class UnpackTarget final : public Target {
 public:
  /// `star`: which target takes the rest, -1: none.
  UnpackTarget(std::vector<TargetPtr> targets, int star) : targets_(std::move(targets)), star_(star) {}
  void store(Frame& frame, Value value) const override;
  void remove(Frame& frame) const override;

 private:
  void store_with_rest(Frame& frame, const Value& iterator) const;
  std::vector<TargetPtr> targets_;
  int star_;
};

class AssignNode final : public Node {
 public:
  AssignNode(TargetPtr target, NodePtr value) : target_(std::move(target)), value_(std::move(value)) {}
  Value evaluate(Frame& frame) const override;

 private:
  TargetPtr target_;
  NodePtr value_;
};

/// x += v, on a name.
class AugmentNameNode final : public Node {
 public:
  AugmentNameNode(ast::BinaryOp op, NodePtr load, TargetPtr target, NodePtr value)
      : op_(op), load_(std::move(load)), target_(std::move(target)), value_(std::move(value)) {}
  Value evaluate(Frame& frame) const override;

 private:
  ast::BinaryOp op_;
  NodePtr load_;
  TargetPtr target_;
  NodePtr value_;
};

/// object.name += v: the object is evaluated once.
class AugmentAttributeNode final : public Node {
 public:
  AugmentAttributeNode(ast::BinaryOp op, NodePtr object, std::string name, NodePtr value)
      : op_(op), object_(std::move(object)), name_(std::move(name)), value_(std::move(value)) {}
  Value evaluate(Frame& frame) const override;

 private:
  ast::BinaryOp op_;
  NodePtr object_;
  std::string name_;
  NodePtr value_;
};

/// object[key] += v: object and key are evaluated once.
class AugmentItemNode final : public Node {
 public:
  AugmentItemNode(ast::BinaryOp op, NodePtr object, NodePtr key, NodePtr value)
      : op_(op), object_(std::move(object)), key_(std::move(key)), value_(std::move(value)) {}
  Value evaluate(Frame& frame) const override;

 private:
  ast::BinaryOp op_;
  NodePtr object_, key_, value_;
};

class DeleteNode final : public Node {
 public:
  explicit DeleteNode(std::vector<TargetPtr> targets) : targets_(std::move(targets)) {}
  Value evaluate(Frame& frame) const override;

 private:
  std::vector<TargetPtr> targets_;
};

class AssertNode final : public Node {
 public:
  AssertNode(NodePtr condition, NodePtr message)
      : condition_(std::move(condition)), message_(std::move(message)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodePtr condition_, message_;
};

/// raise, with or without an exception.
class RaiseNode final : public Node {
 public:
  RaiseNode(NodePtr error, NodePtr cause) : error_(std::move(error)), cause_(std::move(cause)) {}
  Value evaluate(Frame& frame) const override;

 private:
  NodePtr error_, cause_;
};

}  // namespace loopscope::scenarios
