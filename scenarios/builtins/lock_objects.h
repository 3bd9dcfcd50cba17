#pragma once

#include <string>
#include <utility>

#include "core/sync/barrier.h"
#include "core/sync/locks.h"
#include "core/sync/queue.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attribute_map.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/repr.h"

/// asyncio's locks and queues as programs see them.
namespace loopscope::scenarios {

/// An object of one of asyncio's own classes: programs may set attributes on it.
class AttributedObject : public Tracked {
 public:
  Value own_attribute(Runtime&, std::string_view name) final { return attributes_.find(name); }
  bool set_attribute(Runtime&, std::string_view name, const Value& value) final {
    if (!can_set_attribute(type(), name)) return false;
    attributes_.set(name, value);
    return true;
  }
  bool delete_attribute(Runtime&, std::string_view name) final { return attributes_.erase(name); }
  void clear_references() override { attributes_.clear(); }

 protected:
  using Tracked::Tracked;

 private:
  AttributeMap attributes_;
};

/// One of the core's locks (`Core` is Lock, Event ...).
template <class Core, Kind kWhich>
class SyncObject final : public AttributedObject {
 public:
  static constexpr Kind kKind = kWhich;
  SyncObject(Type& type, Ref<Core> core) : AttributedObject(kWhich, type), core_(std::move(core)) {
    core_->show_as([this] { return repr(runtime()); });
  }
  ~SyncObject() override { core_->show_as(nullptr); }

  const Ref<Core>& core() const { return core_; }

  std::string repr(Runtime&) override {
    return "<" + type().full_name() + " object at " + address(*this) + " [" + core_->state() + "]>";
  }

 private:
  Ref<Core> core_;
};

using LockObject = SyncObject<Lock, Kind::lock>;
using SemaphoreObject = SyncObject<Semaphore, Kind::semaphore>;
using EventObject = SyncObject<Event, Kind::event>;
using ConditionObject = SyncObject<Condition, Kind::condition>;
using BarrierObject = SyncObject<Barrier, Kind::barrier>;

/// asyncio.Queue and its like.
class QueueObject final : public AttributedObject {
 public:
  static constexpr Kind kKind = Kind::queue;
  QueueObject(Type& type, Ref<Queue> core, Value maxsize);
  ~QueueObject() override { core_->show_as(nullptr); }

  const Ref<Queue>& core() const { return core_; }
  const Value& maxsize() const { return maxsize_; }
  /// Counts the items' places against the memory limit; `more` are about to come.
  void count_items(std::size_t more = 0) { holds((core_->qsize() + more) * sizeof(AnyValue)); }

  std::string repr(Runtime& runtime) override;
  std::string str(Runtime& runtime) override;
  std::string brief(Runtime& runtime) override;
  void clear_references() override {
    AttributedObject::clear_references();
    core_->drop_items();
  }

 private:
  std::string format(Runtime& runtime);

  Ref<Queue> core_;
  const Value maxsize_;
};

/// Puts the arguments of an `__init__` in their places: values[0] is the type, one for each of
/// `parameters` follows, `missing` when it was not given. TypeErrors are CPython's.
void take_init_arguments(Interpreter& in, Arguments& args, std::string_view class_name,
                         std::string_view parameters, int least = 0);

}  // namespace loopscope::scenarios
