// Small things of core/base: values, their repr, errors, budgets, references.
#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <memory>
#include <stdexcept>

#include "core/base/any_value.h"
#include "core/base/budget.h"
#include "core/base/errors.h"
#include "core/base/ref.h"
#include "core/base/repr.h"

namespace loopscope {
namespace {

struct Point {
  int x = 0;
  std::array<int, 20> more{};  // too large to stand inline
};
std::string trace_repr(const Point& point) { return "Point(" + std::to_string(point.x) + ")"; }
struct Silent {};

TEST(AnyValue, Holds_exactly_the_type_that_was_put_in) {
  const AnyValue value = 7;
  ASSERT_NE(value.get_if<int>(), nullptr);
  EXPECT_EQ(*value.get_if<int>(), 7);
  EXPECT_EQ(value.get_if<long>(), nullptr);
  EXPECT_EQ(AnyValue().get_if<int>(), nullptr);
  EXPECT_TRUE(AnyValue().empty());
}

TEST(AnyValue, Shows_itself_as_Python_would) {
  EXPECT_EQ(AnyValue().repr(), "None");
  EXPECT_EQ(AnyValue(7).repr(), "7");
  EXPECT_EQ(AnyValue(std::int64_t{-7}).repr(), "-7");
  EXPECT_EQ(AnyValue(true).repr(), "True");
  EXPECT_EQ(AnyValue(1.0).repr(), "1.0");
  EXPECT_EQ(AnyValue("text").repr(), "'text'");
  EXPECT_EQ(AnyValue(std::string("it's")).repr(), "\"it's\"");
  EXPECT_EQ(AnyValue(Point{3}).repr(), "Point(3)");
  EXPECT_EQ(AnyValue(Silent()).repr(), "?");
  EXPECT_EQ(AnyValue(std::vector<AnyValue>{1, "a", {}}).repr(), "[1, 'a', None]");
  EXPECT_EQ(AnyValue(std::make_exception_ptr(CoreError(CoreError::Type::ValueError, "no"))).repr(),
            "ValueError('no')");
}

TEST(AnyValue, Copies_and_moves_small_and_large_values_without_leaking) {
  const auto held = std::make_shared<int>(1);
  {
    AnyValue small = held, large = std::make_pair(held, Point{5});
    AnyValue copy = large;
    large = std::move(small);
    small = copy;
    copy = copy;
    EXPECT_EQ(held.use_count(), 4);
    EXPECT_TRUE((small.get_if<std::pair<std::shared_ptr<int>, Point>>()));
    EXPECT_TRUE(large.get_if<std::shared_ptr<int>>());
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Repr, Writes_numbers_as_Python_does) {
  const std::pair<double, const char*> kTable[] = {{0.1, "0.1"},
                                                   {1.0, "1.0"},
                                                   {-2.5, "-2.5"},
                                                   {1e-7, "1e-07"},
                                                   {1e-4, "0.0001"},
                                                   {1e16, "1e+16"},
                                                   {0.0001234, "0.0001234"},
                                                   {1e15, "1000000000000000.0"},
                                                   {1e22, "1e+22"},
                                                   {5e-324, "5e-324"},
                                                   {-0.0, "-0.0"},
                                                   {0.1 + 0.2, "0.30000000000000004"},
                                                   {1.5e300, "1.5e+300"},
                                                   {123456789012345680.0, "1.2345678901234568e+17"}};
  for (const auto& [value, text] : kTable) EXPECT_EQ(repr_of_number(value), text);
  EXPECT_EQ(repr_of_number(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(repr_of_number(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(repr_of_number(std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(short_number(2.0), "2");
  EXPECT_EQ(short_number(0.5), "0.5");
}

TEST(Repr, Quotes_text_as_Python_does) {
  EXPECT_EQ(repr_of_text("it"), "'it'");
  EXPECT_EQ(repr_of_text("it's"), "\"it's\"");
  EXPECT_EQ(repr_of_text("say \"x\""), "'say \"x\"'");
  EXPECT_EQ(repr_of_text("both ' and \""), "'both \\' and \"'");
  EXPECT_EQ(repr_of_text("a\nb\t\\"), "'a\\nb\\t\\\\'");
  EXPECT_EQ(repr_of_text("\x01\x7f"), "'\\x01\\x7f'");
  EXPECT_EQ(repr_of_text("é"), "'é'");
}

TEST(Errors, Describe_program_errors_and_foreign_ones) {
  const auto value_error = std::make_exception_ptr(CoreError(CoreError::Type::ValueError, "no"));
  EXPECT_EQ(type_name_of(value_error), "ValueError");
  EXPECT_EQ(describe(value_error), "ValueError: no");
  EXPECT_EQ(repr_of(value_error), "ValueError('no')");
  const auto foreign = std::make_exception_ptr(std::runtime_error("x"));
  EXPECT_EQ(describe(foreign), "std::runtime_error: x");
  EXPECT_EQ(category_of(foreign), ErrorCategory::ordinary);
  EXPECT_EQ(describe(std::make_exception_ptr(3)), "exception");
  EXPECT_STREQ(CoreError(CoreError::Type::ValueError, "no").what(), "ValueError: no");
}

TEST(Errors, Tell_an_empty_argument_from_none) {
  EXPECT_EQ(repr_of(make_cancelled_error(std::nullopt)), "CancelledError()");
  EXPECT_EQ(repr_of(make_cancelled_error("")), "CancelledError('')");
  EXPECT_EQ(describe(make_cancelled_error("")), "asyncio.exceptions.CancelledError");
}

TEST(Errors, Of_a_group_name_their_members) {
  const auto error = [](CoreError::Type type) { return std::make_exception_ptr(CoreError(type, "x")); };
  const ErrorGroup plain("two", {error(CoreError::Type::ValueError), error(CoreError::Type::TypeError)});
  EXPECT_EQ(plain.repr(), "ExceptionGroup('two', [ValueError('x'), TypeError('x')])");
  EXPECT_EQ(plain.message(), "two (2 sub-exceptions)");
  const ErrorGroup base("one", {error(CoreError::Type::KeyboardInterrupt)});
  EXPECT_EQ(base.repr(), "BaseExceptionGroup('one', [KeyboardInterrupt('x')])");
  EXPECT_EQ(describe(std::make_exception_ptr(base)), "BaseExceptionGroup: one (1 sub-exception)");
}

TEST(Errors, Keep_their_cause_and_their_full_name) {
  const CoreError late(CoreError::Type::TimeoutError, make_cancelled_error({}));
  EXPECT_EQ(repr_of(late.cause()), "CancelledError()");
  EXPECT_EQ(late.repr(), "TimeoutError()");
  EXPECT_EQ(CoreError(CoreError::Type::QueueFull).full_name(), "asyncio.queues.QueueFull");
  EXPECT_EQ(CoreError(CoreError::Type::BrokenBarrierError).full_name(),
            "asyncio.exceptions.BrokenBarrierError");
}

TEST(Errors, Say_which_ones_leave_a_loop) {
  EXPECT_TRUE(leaves_the_loop(std::make_exception_ptr(CoreError(CoreError::Type::KeyboardInterrupt))));
  EXPECT_TRUE(leaves_the_loop(std::make_exception_ptr(CoreError(CoreError::Type::SystemExit, "3"))));
  EXPECT_FALSE(leaves_the_loop(make_cancelled_error(std::nullopt)));
  EXPECT_FALSE(leaves_the_loop(std::make_exception_ptr(std::runtime_error("x"))));
}

/// name + message of the RunEnded that `action` throws.
template <class Action>
std::string ended(Action action) {
  try {
    action();
  } catch (const RunEnded& e) {
    return e.name() + "|" + e.message();
  }
  return "";
}

TEST(Budget, Ends_a_run_exactly_at_its_limits_with_a_clear_message) {
  Budget budget({.iterations = 2, .events = 5, .steps = 1, .time = 1.5, .memory = 100});
  EXPECT_EQ(ended([&] { budget.spend_iteration(), budget.spend_iteration(); }), "");
  EXPECT_EQ(ended([&] { budget.spend_iteration(); }), "iterations|limit reached: iterations (2)");
  EXPECT_EQ(ended([&] { budget.check_events(5); }), "");
  EXPECT_EQ(ended([&] { budget.check_events(6); }), "events|limit reached: events (5)");
  EXPECT_EQ(ended([&] { budget.spend_step(); }), "");
  EXPECT_EQ(ended([&] { budget.spend_step(); }), "steps|limit reached: steps (1)");
  EXPECT_EQ(ended([&] { budget.check_time(1.5); }), "");
  EXPECT_EQ(ended([&] { budget.check_time(1.6); }), "time|limit reached: time (1.5 s)");
  EXPECT_EQ(ended([&] { budget.use_memory(100); }), "");
  EXPECT_EQ(ended([&] { budget.use_memory(-50), budget.use_memory(50); }), "");
  EXPECT_EQ(ended([&] { budget.use_memory(1); }), "memory|limit reached: memory (100 bytes)");
}

TEST(Budget, A_request_to_stop_ends_the_run_at_its_next_step_or_iteration) {
  Budget budget;
  EXPECT_EQ(ended([&] { budget.check_stop(); }), "");
  budget.request_stop();
  EXPECT_EQ(ended([&] { budget.spend_step(); }), "|stopped");
  EXPECT_EQ(ended([&] { budget.spend_iteration(); }), "|stopped");
}

struct Counted final : RefCounted {
  explicit Counted(int& alive) : alive_(alive) { ++alive_; }
  ~Counted() override { --alive_; }
  int& alive_;
};

TEST(Ref, Frees_the_object_with_its_last_owner) {
  int alive = 0;
  {
    Ref<Counted> a = make_ref<Counted>(alive), b = a;
    const Ref<const RefCounted> base = b;
    a = nullptr;
    b = b;
    EXPECT_EQ(alive, 1);
    EXPECT_EQ(base->use_count(), 2u);
  }
  EXPECT_EQ(alive, 0);
}

}  // namespace
}  // namespace loopscope
