#include <gtest/gtest.h>

#include "tests/scenarios/load_helpers.h"

namespace loopscope::scenarios {
namespace {

using Lines = std::vector<std::string>;

struct Case {
  const char* text;
  Lines errors;
  friend void PrintTo(const Case& one, std::ostream* out) { *out << one.text; }
};

class FileErrors : public testing::TestWithParam<Case> {};
TEST_P(FileErrors, Say_where_and_what_to_do) { EXPECT_EQ(errors_of(GetParam().text), GetParam().errors); }

INSTANTIATE_TEST_SUITE_P(
    TopLevel, FileErrors,
    testing::Values(
        Case{"3", {"1:1: error: a scenario must be an object, not a number"}},
        Case{"{\"program\": []}",
             {"1:1: error: the key 'loopscope' is missing in a scenario; add \"loopscope\": 1"}},
        Case{"{\"loopscope\": 1}",
             {"1:1: error: the key 'program' is missing in a scenario; it is the list of statements"}},
        Case{"{\"loopscope\": 2, \"what\": 3}",
             {"1:15: error: this scenario is of a later format; this version of loopscope reads format 1 (at "
              "/loopscope)"}},
        Case{"{\"loopscope\": 0, \"program\": []}",
             {"1:15: error: 'loopscope' must be 1, the format's version (at /loopscope)"}},
        Case{"{\"loopscope\": true, \"program\": {}}",
             {"1:15: error: 'loopscope' must be a number, not true or false (at /loopscope)",
              "1:32: error: 'program' must be a list, not an object (at /program)"}},
        Case{"{\"loopscope\": 1, \"program\": [],\n \"titel\": \"x\", \"zzz\": 1}",
             {"2:2: error: unknown key 'titel' in a scenario; did you mean 'title'? (at /titel)",
              "2:16: error: unknown key 'zzz' in a scenario; there are: $schema, loopscope, title, about, "
              "tags, source, "
              "loop, program, world, expect, lesson (at /zzz)"}},
        Case{"{\"loopscope\": 1, \"program\": [], \"title\": 3, \"tags\": \"a\", \"about\": null}",
             {"1:42: error: 'title' must be a string, not a number (at /title)",
              "1:53: error: 'tags' must be a list, not a string (at /tags)",
              "1:67: error: 'about' must be a string, not null (at /about)"}},
        Case{"{\"loopscope\": 1, \"program\": [], \"program\": []}",
             {"1:33: error: the key 'program' stands here twice (at /program)"}}));

/// {"loopscope": 1, "program": [], KEY: VALUE} with the value at 2:1.
std::string with_key(const std::string& key, const std::string& value) {
  return "{\"loopscope\": 1, \"program\": [], \"" + key + "\":\n" + value + "}";
}

TEST(LoopErrors, Wrong_settings_are_named) {
  EXPECT_EQ(errors_of(with_key(
                "loop", R"j({"model": "asincio", "clock": "real", "debug": 1, "slow_callback": -1})j")),
            (Lines{"2:11: error: unknown loop model 'asincio'; did you mean 'asyncio'? (at /loop/model)",
                   "2:31: error: the clock 'real' is in the format, but this version of loopscope has only "
                   "'virtual' (at /loop/clock)",
                   "2:48: error: 'debug' must be true or false, not a number (at /loop/debug)",
                   "2:68: error: 'slow_callback' must be a number from 0 (at /loop/slow_callback)"}));
  EXPECT_EQ(errors_of(with_key("loop", R"j({"model": "drain", "modle": "x", "turn_cost": 0})j")),
            (Lines{"2:20: error: unknown key 'modle' in loop; did you mean 'model'? (at /loop/modle)",
                   "2:47: error: 'turn_cost' must be a positive number (at /loop/turn_cost)"}));
  EXPECT_EQ(errors_of(with_key("loop", "[]")),
            (Lines{"2:1: error: loop must be an object, not a list (at /loop)"}));
}

TEST(LoopErrors, Limits_are_positive_numbers) {
  EXPECT_EQ(
      errors_of(with_key(
          "loop",
          R"j({"limits": {"iterations": 0, "events": 1.5, "steps": 1e30, "time": -1, "memory": "x", "step": 1}})j")),
      (Lines{
          "2:27: error: the limit 'iterations' must be a positive whole number (at /loop/limits/iterations)",
          "2:40: error: the limit 'events' must be a positive whole number (at /loop/limits/events)",
          "2:54: error: the limit 'steps' is too large (at /loop/limits/steps)",
          "2:68: error: 'time' must be a positive number (at /loop/limits/time)",
          "2:82: error: 'memory' must be a number, not a string (at /loop/limits/memory)",
          "2:87: error: unknown key 'step' in loop.limits; did you mean 'steps'? (at /loop/limits/step)"}));
}

TEST(ExpectErrors, Wrong_expectations_are_named) {
  EXPECT_EQ(
      errors_of(
          with_key("expect",
                   R"j({"output": ["a", 3], "durtion": 3, "warnings": ["never_awaitd"], "limit": "step"})j")),
      (Lines{
          "2:18: error: each of 'output' must be a string, not a number (at /expect/output/1)",
          "2:22: error: unknown key 'durtion' in expect; did you mean 'duration'? (at /expect/durtion)",
          "2:49: error: unknown rule 'never_awaitd'; did you mean 'never_awaited'? (at /expect/warnings/0)",
          "2:75: error: unknown limit 'step'; did you mean 'steps'? (at /expect/limit)"}));
}

TEST(LessonErrors, The_shape_of_a_lesson_is_checked) {
  EXPECT_EQ(
      errors_of(with_key("lesson", R"j([{"at": "iteration 0"}, {"say": 3}, {"at": "end", "answer": 1},
 {"at": "line 7 #2", "ask": "?", "choices": ["a"], "answer": 2}, {"at": "task B done", "choices": []}])j")),
      (Lines{"2:9: error: 'iteration 0' is no place in a run; there are: iteration 3, loop 2 iteration 3, "
             "output 'text', "
             "output 'text' #2, line 7, line 7 #2, task B done, time 1.5, event 120, end (at /lesson/0/at)",
             "2:25: error: the key 'at' is missing in a step of the lesson; say where the tour stops, for "
             "example \"iteration 3\" (at /lesson/1)",
             "2:33: error: 'say' must be a string, not a number (at /lesson/1/say)",
             "2:61: error: 'answer' goes with 'choices' (at /lesson/2/answer)",
             "3:62: error: 'answer' must be the number of a choice, from 1 to 1 (at /lesson/3/answer)",
             "3:99: error: 'choices' goes with 'ask' (at /lesson/4/choices)",
             "3:99: error: 'choices' must hold 1 to 9 answers, not 0 (at /lesson/4/choices)"}));
}

TEST(LessonErrors, A_question_with_choices_needs_its_answer_and_one_key_for_each) {
  EXPECT_EQ(errors_of(with_key("lesson", R"j([{"at": "end", "ask": "?", "choices": ["a", "b"]}])j")),
            (Lines{"2:39: error: 'choices' goes with 'answer', the number of the right one, from 1 (at "
                   "/lesson/0/choices)"}));
  EXPECT_EQ(
      errors_of(with_key(
          "lesson",
          R"j([{"at": "end", "ask": "?", "choices": ["", "", "", "", "", "", "", "", "", ""], "answer": 1}])j")),
      (Lines{"2:39: error: 'choices' must hold 1 to 9 answers, not 10 (at /lesson/0/choices)"}));
}

TEST(LessonErrors, No_choice_stands_twice) {
  EXPECT_EQ(errors_of(with_key("lesson",
                               R"j([{"at": "end", "ask": "?", "choices": ["a", "b", "a"], "answer": 1}])j")),
            (Lines{"2:50: error: 'a' stands twice among the choices (at /lesson/0/choices/2)"}));
}

TEST(LessonErrors, Output_stands_in_either_quotes) {
  EXPECT_EQ(errors_of(with_key("lesson", R"j([{"at": "output \"it's over\" #2"}, {"at": "output 'x'"}])j")),
            Lines{});
  EXPECT_EQ(errors_of(with_key("lesson", R"j([{"at": "output \"x'"}])j")).size(), 1U);
}

TEST(LessonErrors, Places_in_a_run_are_the_formats_selectors) {
  for (const char* place :
       {"iteration 3", "loop 2 iteration 3", "output 'B: done'", "output 'it's' #2", "line 7", "line 7 #12",
        "task B done", "task a done done", "time 1.5", "time 2", "event 120", "event 0", "end"}) {
    EXPECT_EQ(errors_of(with_key("lesson", std::string("[{\"at\": \"") + place + "\"}]")), Lines{}) << place;
  }
  for (const char* place : {"", "iteration", "iteration 0", "iteration 3 ", "loop iteration 3", "output B",
                            "output 'B' 2", "output 'B' #0", "line x", "line 7#2", "task done", "task  done",
                            "time .5", "time 1.", "time -1", "event -1", "ends", "End"}) {
    EXPECT_EQ(errors_of(with_key("lesson", std::string("[{\"at\": \"") + place + "\"}]")).size(), 1U)
        << place;
  }
}

TEST(WorldErrors, A_peer_that_acts_must_be_named) {
  EXPECT_EQ(
      errors_of(with_key("world", R"([{"at": 1, "send": "x", "as": "a"}])")),
      Lines{
          "2:2: error: who does 'send'? write \"from\": \"NAME\", with the name that the connect event gave "
          "its peer by \"as\" (at /world/0)"});
}

TEST(WorldErrors, World_events_are_checked) {
  EXPECT_EQ(errors_of(with_key("world", "[]")), Lines{});
  EXPECT_EQ(errors_of(with_key("world",
                               R"j([{"at": 1, "connect": 80, "as": "a"}, {"at": 1, "from": "a", "send": "x"},
                                            {"at": 1, "connect": 80}, {"at": 2, "from": "peer2", "reset": true},
                                            {"at": 3, "signal": "SIGINT"}])j")),
            Lines{});
  EXPECT_EQ(
      errors_of(with_key(
          "world", R"j([{"at": "x", "connect": 70000, "sa": "a"}, {"from": "peer1", "at": 1}, {"at": 3}])j")),
      (Lines{"2:9: error: 'at' must be a number, not a string (at /world/0/at)",
             "2:25: error: 'connect' takes a port from 1 to 65535 (at /world/0/connect)",
             "2:32: error: unknown key 'sa' in a world event; did you mean 'as'? (at /world/0/sa)",
             "2:44: error: an event of a peer has one of 'send', 'close' and 'reset' (at /world/1)",
             "2:72: error: a world event has one of the keys 'connect', 'from' and 'signal' (at /world/2)"}));
  EXPECT_EQ(
      errors_of(with_key(
          "world", R"j([{"at": 0, "connect": 80, "as": "alice"}, {"at": 1, "from": "alise", "close": true},
{"at": 1, "from": "alice", "close": false}, {"at": 2, "signal": "SIGTEM"}])j")),
      (Lines{
          "2:61: error: no event before this one connects 'alise'; did you mean 'alice'? (at /world/1/from)",
          "3:37: error: 'close' is true, or left out (at /world/2/close)",
          "3:65: error: unknown 'signal' 'SIGTEM'; did you mean 'SIGTERM'? (at /world/3/signal)"}));
}

class ProgramErrors : public testing::TestWithParam<Case> {};
TEST_P(ProgramErrors, Say_where_and_what_to_do) {
  EXPECT_EQ(errors_of(with_program(GetParam().text)), GetParam().errors);
}

INSTANTIATE_TEST_SUITE_P(
    Objects, ProgramErrors,
    testing::Values(
        Case{"null",
             {"2:1: error: a statement is a string, or an object for def, if, for and so on; this is null "
              "(at /program/0)"}},
        Case{"{}", {"2:1: error: an empty object is no statement (at /program/0)"}},
        Case{R"j({"fro": "x in y", "do": []})j",
             {"2:2: error: unknown statement 'fro'; did you mean 'for'? (at /program/0/fro)"}},
        Case{R"j({"do": [], "unless": "x"})j",
             {"2:12: error: unknown statement 'unless'; there are: def, async def, class, if, while, for, "
              "async for, try, with, async with (at "
              "/program/0/unless)"}},
        Case{R"j({"match": "x", "do": []})j",
             {"2:2: error: 'match' is not in the format: write an if with \"elif\" (at /program/0/match)"}},
        Case{R"j({"else": []})j",
             {"2:2: error: 'else' is a key of the object that its 'if' or 'try' stands in (at "
              "/program/0/else)"}},
        Case{R"j({"if": "x", "while": "y", "do": []})j",
             {"2:13: error: two statements in one object: 'if' and 'while' (at /program/0/while)"}},
        Case{R"j({"if": "x"})j",
             {"2:1: error: the body of 'if' is missing: write it as a list under \"do\" (at /program/0)"}},
        Case{R"j({"if": 3, "do": 4})j",
             {"2:8: error: 'if' must be a string, not a number (at /program/0/if)",
              "2:17: error: 'do' must be a list, not a number (at /program/0/do)"}},
        Case{R"j({"if": "x", "do": [], "esle": []})j",
             {"2:23: error: unknown key 'esle' in an 'if' statement; did you mean 'else'? (at "
              "/program/0/esle)"}},
        Case{R"j({"if": "x", "do": [], "elif": [{"do": []}, 3]})j",
             {"2:32: error: the key 'if' is missing in an 'elif' branch; write {\"if\": \"...\", \"do\": "
              "[...]} (at /program/0/elif/0)",
              "2:44: error: an 'elif' branch must be an object, not a number (at /program/0/elif/1)"}},
        Case{R"j({"while": "x", "do": [], "else": []})j",
             {"2:26: error: 'else' after a loop is not in the format: use a flag and an if (at "
              "/program/0/else)"}},
        Case{
            R"j("  pass")j",
            {"2:1: error: unexpected indent: what belongs to a block stands in the list under its \"do\" (at "
             "/program/0)"}},
        Case{R"j({"try": ["x"]})j", {"2:1: error: a 'try' needs \"except\" or \"finally\" (at /program/0)"}},
        Case{
            R"j({"try": ["x"], "do": [], "finally": []})j",
            {"2:16: error: the body of a try stands in \"try\" itself: {\"try\": [...]} (at /program/0/do)"}},
        Case{R"j({"try": ["x"], "finally": [], "else": []})j",
             {"2:31: error: 'else' of a try needs \"except\" before it (at /program/0/else)"}},
        Case{R"j({"try": ["x"], "except": {"catch": "A", "do": []}})j",
             {"2:26: error: 'except' holds a list of handlers: \"except\": [{\"catch\": \"...\", \"do\": "
              "[...]}] (at /program/0/except)"}},
        Case{
            R"j({"try": ["x"], "except": [{"do": []}, {"catch": "A", "do": []}]})j",
            {"2:27: error: a bare except (without \"catch\") must be the last one (at /program/0/except/0)"}},
        Case{R"j({"with": "a as b", "do": ["c +"]})j",
             {"2:31: error: unexpected end: an expression is missing (at /program/0/do/0)"}},
        Case{R"j({"class": "C(A, B)", "do": []})j",
             {"2:17: error: a class has one base in the format: leave the others out (at /program/0/class)"}},
        Case{R"j({"class": "C", "do": [{"def": "__len__(self)", "do": []}]})j",
             {"2:23: error: the special method '__len__' is not in the format, write a method of another "
              "name; there are: __init__, __repr__, __str__, __eq__, __iter__, __next__, __enter__, "
              "__exit__, __aenter__, __aexit__, __aiter__, __anext__ (at /program/0/do/0)"}},
        Case{R"j({"async with": "lock", "do": []})j",
             {"2:2: error: 'async with' outside async function: put it into an async def and use "
              "asyncio.run(main()) (at /program/0/async with)"}},
        Case{R"j({"async def": "f()", "do": ["yield 1", "return 2"]})j",
             {"2:40: error: 'return' with value in async generator: yield the value, then return (at "
              "/program/0/do/1)"}},
        Case{R"j({"class": "C", "do": ["yield 1"]})j",
             {"2:24: error: 'yield' outside function (at /program/0/do/0)"}}));

INSTANTIATE_TEST_SUITE_P(
    Headers, ProgramErrors,
    testing::Values(
        Case{R"j({"if": "x = 3", "do": []})j",
             {"2:11: error: '=' assigns and cannot stand here; compare with '==' (at /program/0/if)"}},
        Case{R"j({"if": "x:", "do": []})j",
             {"2:10: error: leave the colon out: the listing prints it (at /program/0/if)"}},
        Case{R"j({"if": "if x", "do": []})j",
             {"2:9: error: leave 'if' out: the key says it (at /program/0/if)"}},
        Case{R"j({"while": "", "do": []})j",
             {"2:12: error: the condition is empty; write what 'while' tests (at /program/0/while)"}},
        Case{R"j({"while": "x # y", "do": []})j",
             {"2:14: error: a comment cannot stand in a header: put it on its own line of the body (at "
              "/program/0/while)"}},
        Case{R"j({"for": "x of y", "do": []})j",
             {"2:12: error: unexpected 'of': 'in' after the loop variable was expected (at /program/0/for)"}},
        Case{R"j({"for": "f() in y", "do": []})j",
             {"2:10: error: cannot assign to function call (at /program/0/for)"}},
        Case{R"j({"def": "f", "do": []})j",
             {"2:11: error: the parameters are missing: write f() (at /program/0/def)"}},
        Case{R"j({"def": "f(x: int)", "do": []})j",
             {"2:13: error: annotations are not in the format: leave them out (at /program/0/def)"}},
        Case{R"j({"def": "f() -> int", "do": []})j",
             {"2:14: error: annotations are not in the format: leave '-> type' out (at /program/0/def)"}},
        Case{R"j({"def": "f(x, /)", "do": []})j",
             {"2:15: error: positional-only parameters ('/') are not in the format (at /program/0/def)"}},
        Case{R"j({"async def": "async f()", "do": []})j",
             {"2:16: error: leave 'def' out: the key says it (at /program/0/async def)"}},
        Case{R"j({"try": [], "except": [{"catch": "A, B", "do": []}]})j",
             {"2:36: error: multiple exception types must be parenthesized (at /program/0/except/0/catch)"}},
        Case{R"j({"try": [], "except": [{"catch": "* E", "do": []}]})j",
             {"2:35: error: 'except*' is not in the format: catch the group and look at its exceptions (at "
              "/program/0/except/0/catch)"}},
        Case{R"j({"try": [], "except*": [{"catch": "E", "do": []}]})j",
             {"2:13: error: 'except*' is not in the format: catch the ExceptionGroup with \"except\" and "
              "look at its "
              "exceptions (at /program/0/except*)"}},
        Case{R"j({"try": [], "except": [{"catch": "", "do": []}]})j",
             {"2:35: error: 'catch' is empty; leave it out for a bare except (at "
              "/program/0/except/0/catch)"}}));

INSTANTIATE_TEST_SUITE_P(
    Places, ProgramErrors,
    testing::Values(
        Case{R"j("x = é + \u00e9 +\t$")j", {"2:20: error: invalid character '$' (U+0024) (at /program/0)"}},
        Case{R"j("print(\"a\", \"\\n\" b)")j",
             {"2:23: error: unexpected 'b': ')' or ',' was expected (at /program/0)"}},
        Case{R"j("a\nb")j",
             {"2:3: error: a line break in a statement; write one statement per string (at /program/0)"}},
        Case{R"j("a\u0000b")j", {"2:3: error: a NUL character in a statement (at /program/0)"}},
        Case{"\"x = 1\", \"y =\",\n\"z = (\"",
             {"2:14: error: unexpected end: an expression is missing (at /program/1)",
              "3:6: error: '(' was never closed (at /program/2)"}}));

INSTANTIATE_TEST_SUITE_P(
    Surroundings, ProgramErrors,
    testing::Values(Case{R"j("await f()")j",
                         {"2:2: error: 'await' outside function: put it into an async def and use "
                          "asyncio.run(main()) (at /program/0)"}},
                    Case{R"j({"def": "f()", "do": ["x = await g()"]})j",
                         {"2:28: error: 'await' outside async function: make the def an \"async def\" (at "
                          "/program/0/do/0)"}},
                    Case{R"j({"while": "x", "do": [{"def": "f()", "do": ["break"]}]})j",
                         {"2:46: error: 'break' outside loop (at /program/0/do/0/do/0)"}},
                    Case{R"j({"if": "x", "do": ["return"]})j",
                         {"2:21: error: 'return' outside function (at /program/0/do/0)"}}));

TEST(ProgramErrors, Blocks_nest_as_deep_as_CPython_lets_them) {
  const auto loops = [](int depth) {
    std::string text = "\"pass\"";
    for (int i = 0; i < depth; ++i) text = "{\"for\": \"x in y\", \"do\": [" + text + "]}";
    return errors_of(with_program(text)).size();
  };
  EXPECT_EQ(loops(20), 0U);
  EXPECT_EQ(loops(21), 1U);
}

TEST(ProgramErrors, A_comment_that_the_file_ends_in_is_an_error_at_its_end) {
  EXPECT_EQ(errors_of("{\"loopscope\" /* 1"),
            Lines{"1:17: error: a comment that is not closed or not begun with // or /*"});
}

TEST(ProgramErrors, A_file_full_of_errors_shows_the_first_thousand) {
  std::string text = "\"$\"";
  for (int i = 0; i < 5000; ++i) text += ",\n\"$\"";
  const Lines errors = errors_of(with_program(text));
  ASSERT_EQ(errors.size(), 1001U);
  EXPECT_EQ(errors.back(), "1001:2: error: too many errors; the rest is left out");
}

}  // namespace
}  // namespace loopscope::scenarios
