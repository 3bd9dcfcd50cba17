#include <gtest/gtest.h>

#include "tests/scenarios/load_helpers.h"

namespace loopscope::scenarios {
namespace {

using Lines = std::vector<std::string>;

Lines errors(std::string_view statements) { return errors_of(with_program(statements)); }

TEST(NameCheck, A_member_that_a_module_does_not_have_is_an_error_with_the_nearest) {
  EXPECT_EQ(errors(R"j("asyncio.slep(1)")j"), (Lines{"2:10: error: there is no 'asyncio.slep' in the format; "
                                                     "did you mean 'asyncio.sleep'? (at /program/0)"}));
  EXPECT_EQ(errors(R"j("x = time.zzzzz")j"),
            (Lines{"2:11: error: there is no 'time.zzzzz' in the format; time has: sleep, time, monotonic, "
                   "perf_counter (at /program/0)"}));
}

TEST(NameCheck, A_member_of_the_format_that_this_version_lacks_says_so) {
  EXPECT_EQ(errors(R"j("asyncio.Lock()")j"),
            (Lines{"2:10: error: 'asyncio.Lock' is in the format, but this version of loopscope does not "
                   "have it yet (at /program/0)"}));
}

TEST(NameCheck, Errors_are_found_in_code_that_never_runs) {
  EXPECT_EQ(
      errors(
          R"j({"if": "False", "do": [{"def": "f()", "do": ["x = [lambda: f'{asyncio.slep}' for x in y]"]}]})j"),
      (Lines{"2:71: error: there is no 'asyncio.slep' in the format; did you mean 'asyncio.sleep'? (at "
             "/program/0/do/0/do/0)"}));
}

TEST(NameCheck, Headers_and_handlers_point_at_their_own_place) {
  EXPECT_EQ(errors(R"j({"if": "x", "do": [], "elif": [{"if": "asyncio.a1", "do": []}]},
{"while": "asyncio.b2", "do": []}, {"for": "x in asyncio.c3", "do": []}, {"async def": "f(x=asyncio.d4)", "do": []},
{"try": [], "except": [{"catch": "asyncio.e5", "do": []}]})j")
                .size(),
            5U);
  EXPECT_EQ(errors(R"j({"try": [], "except": [{"catch": "asyncio.CanceledError", "do": []}]})j"),
            (Lines{"2:43: error: there is no 'asyncio.CanceledError' in the format; did you mean "
                   "'asyncio.CancelledError'? "
                   "(at /program/0/except/0/catch)"}));
}

TEST(NameCheck, A_module_of_Python_that_the_format_lacks_is_an_error) {
  EXPECT_EQ(
      errors(R"j("random.random()")j"),
      (Lines{
          "2:2: error: the module 'random' is not in the format: write the numbers down: a run is the same "
          "every time (at /program/0)"}));
  EXPECT_EQ(errors(R"j("socketserver.x()")j"),
            (Lines{"2:2: error: the module 'socketserver' is not in the format; "
                   "there are: asyncio, functools, time (at /program/0)"}));
  EXPECT_EQ(errors(R"j("os.path.join(a)")j"), (Lines{"2:2: error: the module 'os' is not in the format: a "
                                                     "scenario does not see the machine that it runs "
                                                     "on (at /program/0)"}));
  EXPECT_EQ(errors(R"j("threading.Thread(target=f)")j"),
            (Lines{"2:2: error: the module 'threading' is in the format, but this version of loopscope does "
                   "not have it yet (at /program/0)"}));
  EXPECT_EQ(errors(R"j("concurrent.futures.ThreadPoolExecutor()")j"),
            (Lines{"2:2: error: the module 'concurrent.futures' is in the format, but this version of "
                   "loopscope does not have it yet (at /program/0)"}));
}

TEST(NameCheck, A_builtin_of_Python_that_the_format_lacks_is_an_error) {
  EXPECT_EQ(
      errors(R"j("x = input('?')")j"),
      (Lines{
          "2:6: error: the builtin 'input' is not in the format: a scenario has no keyboard: write the text "
          "down, or let a peer in \"world\" send it (at /program/0)"}));
  EXPECT_EQ(errors(R"j("exit()")j"),
            (Lines{"2:2: error: the builtin 'exit' is not in the format: write raise "
                   "SystemExit(0) (at /program/0)"}));
  EXPECT_EQ(
      errors(R"j("breakpoint()")j"),
      (Lines{"2:2: error: the builtin 'breakpoint' is not in the format; there are: isinstance, len, list, "
             "print, range, repr, sorted, "
             "work, and the exceptions (at /program/0)"}));
  EXPECT_EQ(errors(R"j("map(f, xs)")j"), (Lines{"2:2: error: 'map' is in the format, but this version of "
                                                "loopscope does not have it yet (at /program/0)"}));
}

TEST(NameCheck, A_class_inherits_from_exceptions_and_classes_of_the_program_alone) {
  EXPECT_EQ(errors(R"j({"class": "A(list)", "do": []})j"),
            (Lines{"2:14: error: a class cannot inherit from 'list' in the format: keep one in an attribute, "
                   "self.inner = list() (at /program/0/class)"}));
  EXPECT_EQ(errors(R"j({"class": "A(ValueError)", "do": []}, {"class": "B(A)", "do": []})j"), Lines{});
  EXPECT_EQ(errors(R"j({"class": "A(asyncio.CancelledError)", "do": []})j"), Lines{});
}

TEST(NameCheck, A_name_that_is_bound_nowhere_is_no_error_of_the_loader) {
  EXPECT_EQ(errors(R"j("undefined(1)", "undefined.attribute", "random")j"), Lines{});
}

TEST(NameCheck, Variables_of_the_program_hide_modules_and_builtins_by_Pythons_scopes) {
  EXPECT_EQ(errors(R"j("random = 3", "random.x")j"), Lines{});
  EXPECT_EQ(errors(R"j({"def": "f(time)", "do": ["time.zzz", {"def": "g()", "do": ["return time.zzz"]}]})j"),
            Lines{});
  EXPECT_EQ(errors(R"j({"def": "f(time)", "do": []}, "time.zzz")j").size(), 1U);
  EXPECT_EQ(errors(R"j("x = lambda time: time.zzz", "y = [time.zzz for time in xs]")j"), Lines{});
  EXPECT_EQ(errors(R"j("y = [1 for time in time.zzz]")j").size(), 1U);
  EXPECT_EQ(errors(R"j("x = lambda time=time.zzz: 1")j").size(), 1U);
  EXPECT_EQ(errors(R"j({"for": "time, *os in x", "do": ["time.a", "os.b"]})j"), Lines{});
  EXPECT_EQ(errors(R"j({"try": [], "except": [{"catch": "E as os", "do": ["os.x"]}]})j"), Lines{});
  EXPECT_EQ(errors(R"j({"def": "f()", "do": ["global os", "os = 1"]}, "os.x")j"), Lines{});
  EXPECT_EQ(errors(R"j({"def": "f()", "do": ["os = 1"]}, "os.x")j").size(), 1U);
  EXPECT_EQ(errors(R"j({"def": "map(a)", "do": []}, "map(1)")j"), Lines{});
}

TEST(NameCheck, A_statement_that_cannot_be_read_may_bind_its_words) {
  EXPECT_EQ(errors(R"j("random = $", "random.x")j").size(), 1U);
  EXPECT_EQ(errors(R"j({"def": "map(a, /)", "do": []}, "map(1)")j").size(), 1U);
  EXPECT_EQ(errors(R"j("$ random.x", "random.y")j").size(), 2U);
}

TEST(NameCheck, Nonlocal_needs_a_variable_of_an_enclosing_function) {
  EXPECT_EQ(errors(R"j({"def": "f()", "do": ["x = 1", {"def": "g()", "do": ["nonlocal x", "x = 2"]}]})j"),
            Lines{});
  EXPECT_EQ(
      errors(R"j({"def": "f(x)", "do": [{"def": "g()", "do": [{"def": "h()", "do": ["nonlocal x"]}]}]})j"),
      Lines{});
  EXPECT_EQ(
      errors(R"j("x = 1", {"def": "f()", "do": ["nonlocal y, x"]})j"),
      (Lines{
          "2:42: error: no binding for nonlocal 'y' found in an enclosing function (at /program/1/do/0)",
          "2:45: error: no binding for nonlocal 'x' found in an enclosing function (at /program/1/do/0)"}));
  EXPECT_EQ(errors(R"j("nonlocal x")j"),
            (Lines{"2:11: error: nonlocal declaration not allowed at module level (at /program/0)"}));
}

TEST(NameCheck, Global_and_nonlocal_stand_before_the_first_use) {
  EXPECT_EQ(errors(R"j({"def": "f()", "do": ["print(x)", "global x"]})j"),
            (Lines{"2:43: error: name 'x' is used prior to global declaration; move the line up (at "
                   "/program/0/do/1)"}));
  EXPECT_EQ(errors(R"j({"def": "f()", "do": ["x = 1", "global x"]})j"),
            (Lines{"2:40: error: name 'x' is assigned to before global declaration; move the line up (at "
                   "/program/0/do/1)"}));
  EXPECT_EQ(errors(R"j({"def": "f(x)", "do": ["global x"]})j"),
            (Lines{"2:32: error: name 'x' is parameter and global; move the line up (at /program/0/do/0)"}));
  EXPECT_EQ(errors(R"j({"def": "f()", "do": ["global x", "x = 1", "print(x)"]})j"), Lines{});
}

TEST(NameCheck, Imports_are_the_modules_that_the_program_uses) {
  EXPECT_EQ(
      loaded(
          with_program(
              R"j("time.sleep(1)", {"def": "f()", "do": ["return functools.partial(asyncio.sleep, 1)"]})j"))
          .imports,
      (Lines{"asyncio", "functools", "time"}));
  EXPECT_EQ(loaded(with_program(R"j("x = asyncio")j")).imports, Lines{"asyncio"});
  EXPECT_EQ(loaded(with_program(R"j("time = 1", "print(time)", {"def": "f(asyncio)", "do": ["asyncio.x"]})j"))
                .imports,
            Lines{});
}

}  // namespace
}  // namespace loopscope::scenarios
