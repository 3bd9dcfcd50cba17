// The instructions of a compiled program, and what except and finally make of exceptions.
#include "scenarios/run/coroutine.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/sequences.h"

namespace loopscope::scenarios {

Exit Interpreter::run(Frame& frame) { return guarded(frame, nullptr); }

Exit Interpreter::run_with_error(Frame& frame, Ref<Exception> error, bool called) {
  if (!called && !frame.handled.empty()) set_context(*error, frame.handled.back());
  return guarded(frame, std::move(error));
}

Exit Interpreter::guarded(Frame& frame, Ref<Exception> error) {
  struct Running {
    Running(Interpreter& in, Frame& frame) : in(in), frame(frame), before(in.frame_) {
      frame.back = before;
      in.frame_ = &frame;
    }
    ~Running() {
      in.frame_ = before;
      frame.back = nullptr;
    }
    Interpreter& in;
    Frame& frame;
    Frame* before;
  } const running(*this, frame);

  bool again = false, raised_here = false;
  for (;;) {
    if (raised_here && !again) chain(frame, error);
    if (error) catch_error(frame, std::exchange(error, nullptr), again);
    raised_here = true;
    try {
      return dispatch(frame);
    } catch (const PyError& raised) {
      error = raised.exception();
      again = raised.again();
    } catch (const ProgramError& core) {
      error = exception_from(*this, std::current_exception());
      again = false;
    }
  }
}

void Interpreter::begin_line(Frame& frame, std::uint32_t line) {
  if (deferred_) std::rethrow_exception(std::exchange(deferred_, nullptr));
  environment_.world.threads.run_interrupts();
  frame.line = last_line_ = line;
  ++statements_;
  budget().spend_step();
  budget().check_events(tracer().emitted());
  EventLoop* loop = running_loop();
  const Task* task = loop ? current_task(*loop) : nullptr;
  const TaskId id = task ? task->task_id() : TaskId{};
  if (loop) loop->set_position(id, line);
  tracer().emit(make::line(loop ? loop->id() : LoopId{}, id, line));
}

Exit Interpreter::dispatch(Frame& frame) {
  for (;;) {
    const Instruction& i = frame.code.instructions[frame.pc++];
    switch (i.op) {
      case Op::line:
        begin_line(frame, i.a);
        break;
      case Op::run:
        i.node->evaluate(frame);
        break;
      case Op::jump:
        frame.pc = i.a;
        break;
      case Op::jump_if_false:
        if (!truthy(*this, i.node->evaluate(frame))) frame.pc = i.a;
        break;
      case Op::iterate:
        frame.iterators.push_back(scenarios::iterate(*this, i.node->evaluate(frame)));
        break;
      case Op::next: {
        Value item;
        const Value iterator = frame.iterators.back();
        if (scenarios::next(*this, iterator, item)) {
          i.target->store(frame, std::move(item));
        } else {
          frame.iterators.pop_back();
          frame.pc = i.a;
        }
        break;
      }
      case Op::await: {
        Value awaited = i.node->evaluate(frame);
        check_awaitable(*this, awaited);  // what cannot be awaited goes at this line
        frame.result = std::move(awaited);
        return Exit::awaits;
      }
      case Op::yield:
        frame.result = i.node->evaluate(frame);
        return Exit::yields;
      case Op::delegate:
        frame.iterators.push_back(iterator_of_delegate(frame, i.node->evaluate(frame)));
        frame.result = Value();
        break;
      case Op::yield_from:
        if (!delegate(frame)) break;
        --frame.pc;  // comes back here
        return Exit::yields;
      case Op::store_result:
        if (const Value result = std::exchange(frame.result, Value()); i.target)
          i.target->store(frame, result);
        break;
      case Op::return_value: {
        Pending pending{.kind = Pending::Kind::return_value};
        pending.value = i.node ? i.node->evaluate(frame) : std::exchange(frame.result, Value());
        if (leave(frame, std::move(pending))) return Exit::returned;
        break;
      }
      case Op::leave_loop:
        leave(frame, {.kind = Pending::Kind::jump, .target = i.a, .blocks = i.b, .iterators = i.c});
        break;
      case Op::try_except:
        frame.blocks.push_back({GuardedBlock::Kind::except, i.a, i.b});
        break;
      case Op::try_finally:
        frame.blocks.push_back({GuardedBlock::Kind::finally, i.a, i.b});
        break;
      case Op::leave_try:
        frame.blocks.pop_back();
        break;
      case Op::match:
        if (!matches(frame, i.node)) frame.pc = i.a;
        break;
      case Op::bind:
        frame.blocks.back().name = i.target;
        i.target->store(frame, frame.handled.back());
        break;
      case Op::leave_handler:
        leave(frame, {.kind = Pending::Kind::jump,
                      .target = frame.pc,
                      .blocks = static_cast<std::uint32_t>(frame.blocks.size() - 1),
                      .iterators = static_cast<std::uint32_t>(frame.iterators.size())});
        break;
      case Op::reraise:
        throw PyError(frame.handled.back(), true);
      case Op::enter_finally:
        frame.blocks.back().kind = GuardedBlock::Kind::finally_body;
        frame.pending.emplace_back();
        break;
      case Op::leave_finally: {
        bool returned = false;
        leave_finally(frame, returned);
        if (returned) return Exit::returned;
        break;
      }
      case Op::iterate_async:
        begin_async_for(frame, i.node->evaluate(frame));
        break;
      case Op::next_async:
        frame.blocks.push_back({GuardedBlock::Kind::async_next, i.a, i.b});
        ask_next_async(frame);
        return Exit::awaits;
      case Op::enter:
        enter_context(frame, i.node->evaluate(frame), false);
        break;
      case Op::enter_async:
        enter_context(frame, i.node->evaluate(frame), true);
        return Exit::awaits;
      case Op::exit:
        if (i.a != 0 && frame.pending.back().kind == Pending::Kind::raise) begin_line(frame, i.a);
        exit_context(frame, false);
        break;
      case Op::exit_async:
        if (i.a != 0 && frame.pending.back().kind == Pending::Kind::raise) begin_line(frame, i.a);
        exit_context(frame, true);
        return Exit::awaits;
      case Op::leave_with:
        leave_with(frame);
        break;
    }
  }
}

namespace {

/// The `as` name of an except clause goes with the clause.
void unbind(Frame& frame, const GuardedBlock& block) {
  if (!block.name) return;
  block.name->store(frame, Value());
  block.name->remove(frame);
}

}  // namespace

/// Carries out a return or a jump, unless a finally clause stands in between: then that
/// runs first. True: the function has returned.
bool Interpreter::leave(Frame& frame, Pending pending) {
  while (frame.blocks.size() > pending.blocks) {
    const GuardedBlock block = frame.blocks.back();
    frame.blocks.pop_back();
    switch (block.kind) {
      case GuardedBlock::Kind::except:
      case GuardedBlock::Kind::async_next:
        break;
      case GuardedBlock::Kind::handler: {
        const Ref<Exception> done = std::move(frame.handled.back());
        frame.handled.pop_back();
        unbind(frame, block);
        break;
      }
      case GuardedBlock::Kind::finally:
        frame.iterators.resize(block.iterators);
        frame.blocks.push_back({GuardedBlock::Kind::finally_body, block.handler, block.iterators});
        frame.pending.push_back(std::move(pending));
        frame.pc = block.handler;
        return false;
      case GuardedBlock::Kind::finally_body:
        if (frame.pending.back().kind == Pending::Kind::raise) frame.handled.pop_back();
        frame.pending.pop_back();
        break;
    }
  }
  if (pending.kind == Pending::Kind::return_value) {
    frame.result = std::move(pending.value);
    return true;
  }
  frame.iterators.resize(pending.iterators);
  frame.pc = pending.target;
  return false;
}

void Interpreter::leave_finally(Frame& frame, bool& returned) {
  frame.blocks.pop_back();
  Pending pending = std::move(frame.pending.back());
  frame.pending.pop_back();
  switch (pending.kind) {
    case Pending::Kind::nothing:
      break;
    case Pending::Kind::raise: {
      frame.handled.pop_back();
      throw PyError(Ref<Exception>(pending.value.get_if<Exception>()), true);
    }
    case Pending::Kind::return_value:
    case Pending::Kind::jump:
      returned = leave(frame, std::move(pending));
  }
}

/// What is raised gets what is being dealt with as its context.
void Interpreter::chain(Frame& frame, const Ref<Exception>& error) {
  if (!error->context.is_none()) return;
  if (const Ref<Exception> handled = handled_exception(frame)) set_context(*error, handled);
}

/// Finds the clause that `error` goes to, or lets it leave the frame.
void Interpreter::catch_error(Frame& frame, const Ref<Exception>& error, bool again) {
  if (!again) {
    if (!frame.kept) frame.kept = make<KeptLocals>(*this, frame.slots.size());
    error->traceback.push_back({frame.code.name, frame.line, frame.kept});
  }
  while (!frame.blocks.empty()) {
    const GuardedBlock block = frame.blocks.back();
    frame.blocks.pop_back();
    frame.iterators.resize(std::min<std::size_t>(block.iterators, frame.iterators.size()));
    switch (block.kind) {
      case GuardedBlock::Kind::except:
      case GuardedBlock::Kind::finally: {
        const bool finally = block.kind == GuardedBlock::Kind::finally;
        const auto inside = finally ? GuardedBlock::Kind::finally_body : GuardedBlock::Kind::handler;
        frame.blocks.push_back({inside, block.handler, block.iterators});
        frame.handled.push_back(error);
        if (finally) frame.pending.push_back({.kind = Pending::Kind::raise, .value = error});
        frame.pc = block.handler;
        return;
      }
      case GuardedBlock::Kind::handler: {
        const Ref<Exception> done = std::move(frame.handled.back());
        frame.handled.pop_back();
        unbind(frame, block);
        break;
      }
      case GuardedBlock::Kind::finally_body:
        if (frame.pending.back().kind == Pending::Kind::raise) frame.handled.pop_back();
        frame.pending.pop_back();
        break;
      case GuardedBlock::Kind::async_next:
        if (!error->type().is_subtype_of(exception_type("StopAsyncIteration"))) break;
        frame.pc = block.handler;
        return;
    }
  }
  throw PyError(error);
}

namespace {

bool is_exception_type(Runtime& runtime, const Value& value) {
  const Type* type = value.get_if<Type>();
  return type && type->is_subtype_of(*runtime.types().base_exception);
}

}  // namespace

bool Interpreter::matches(Frame& frame, const Node* type) {
  if (!type) return true;
  const Value wanted = type->evaluate(frame);
  const Type& raised = frame.handled.back()->type();
  const Tuple* several = wanted.get_if<Tuple>();
  const std::vector<Value> types = several ? several->items() : std::vector<Value>{wanted};
  for (const Value& one : types)
    if (!is_exception_type(*this, one))
      type_error(*this, "catching classes that do not inherit from BaseException is not allowed");
  for (const Value& one : types)
    if (raised.is_subtype_of(*one.get_if<Type>())) return true;
  return false;
}

Ref<Exception> Interpreter::handled_exception(const Frame& frame) const {
  const HandledByLoop* native = handled_by_loop_;
  for (const Frame* at = &frame; at; at = at->back) {
    if (!at->handled.empty()) return at->handled.back();
    if (native && native->below == at->back) return native->error;
  }
  return nullptr;
}

Ref<Exception> Interpreter::handled_below() const {
  const HandledByLoop* native = handled_by_loop_;
  if (native && native->below == frame_) return native->error;
  return frame_ ? handled_exception(*frame_) : nullptr;
}

void Interpreter::set_context(Exception& error, const Ref<Exception>& context) {
  if (context.get() == &error) return;
  // A circle is cut where it would close, as CPython does; `slow` finds one that was there before.
  Exception* slow = context.get();
  bool odd = false;
  for (Exception* at = context.get(); at; odd = !odd) {
    Exception* next = at->context.get_if<Exception>();
    if (next == &error) at->context = Value();
    if (next == &error || next == slow) break;
    if (odd) slow = slow->context.get_if<Exception>();
    at = next;
  }
  error.context = context;
}

}  // namespace loopscope::scenarios
