#include <gtest/gtest.h>

#include "tests/scenarios/ast_dump.h"
#include "tests/scenarios/load_helpers.h"

namespace loopscope::scenarios {
namespace {

TEST(Loader, Reads_every_key_of_the_format) {
  const Scenario scenario = loaded(R"j({
    "$schema": "x", "loopscope": 1, "title": "T", "about": "A", "tags": ["a", "b"], "source": "S",
    "loop": {"model": "asyncio", "clock": "virtual", "debug": true, "slow_callback": 0.25, "turn_cost": 0.5,
             "limits": {"iterations": 10, "events": 1e3, "steps": 30, "time": 4.5, "memory": 5000}},
    "program": [], "world": [],
    "expect": {"output": ["x", "{*}"], "error": "E", "duration": 2, "warnings": ["never_awaited"], "limit": "steps"},
    "lesson": [{"at": "output 'x' #2", "say": "s", "ask": "?", "choices": ["a", "b"], "answer": 2}]})j");
  EXPECT_EQ(scenario.name, "test");
  EXPECT_EQ(scenario.title, "T");
  EXPECT_EQ(scenario.about, "A");
  EXPECT_EQ(scenario.source, "S");
  EXPECT_EQ(scenario.tags, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(scenario.loop.debug);
  ASSERT_EQ(scenario.lesson.size(), 1U);
  const LessonStep& step = scenario.lesson[0];
  EXPECT_EQ(step.at, "output 'x' #2");
  EXPECT_EQ(step.say + step.ask, "s?");
  EXPECT_EQ(step.choices, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(step.answer, 2U);
  EXPECT_EQ(step.pointer, "/lesson/0");
  EXPECT_EQ(step.at_pos.column, 23U);
  EXPECT_GT(step.answer_pos, step.ask_pos);
  EXPECT_EQ(scenario.loop.slow_callback, 0.25);
  EXPECT_EQ(scenario.loop.turn_cost, 0.5);
  EXPECT_EQ(scenario.loop.limits.iterations, 10U);
  EXPECT_EQ(scenario.loop.limits.events, 1000U);
  EXPECT_EQ(scenario.loop.limits.steps, 30U);
  EXPECT_EQ(scenario.loop.limits.time, 4.5);
  EXPECT_EQ(scenario.loop.limits.memory, 5000U);
  EXPECT_EQ(scenario.expect.output, (std::vector<std::string>{"x", "{*}"}));
  EXPECT_EQ(scenario.expect.error, "E");
  EXPECT_EQ(scenario.expect.duration, 2.0);
  EXPECT_EQ(scenario.expect.warnings, (std::vector<std::string>{"never_awaited"}));
  EXPECT_EQ(scenario.expect.limit, "steps");
}

TEST(Loader, What_is_left_out_has_the_defaults_of_the_format) {
  const Scenario scenario = loaded(R"j({"loopscope": 1, "program": []})j");
  EXPECT_EQ(scenario.loop.model, "asyncio");
  EXPECT_FALSE(scenario.loop.debug);
  EXPECT_EQ(scenario.loop.slow_callback, 0.1);
  EXPECT_EQ(scenario.loop.limits.iterations, 100'000U);
  EXPECT_EQ(scenario.loop.limits.time, 86'400.0);
  EXPECT_FALSE(scenario.expect.output.has_value());
  EXPECT_TRUE(scenario.program.empty());
  EXPECT_TRUE(scenario.listing.empty());
}

TEST(Loader, Keeps_the_file_as_compact_JSON_without_comments) {
  EXPECT_EQ(loaded("{ // c\n \"program\": [ \"x = 'é'\" ], \"loopscope\": 1.0 /* d */ }").json,
            "{\"program\":[\"x = 'é'\"],\"loopscope\":1.0}");
}

TEST(Loader, A_statement_knows_its_place_and_text) {
  const Scenario scenario =
      loaded(with_program("\"x = a  # why \",\n{\"async def\": \" f(a) \", \"do\": [\"return a\"]}"));
  ASSERT_EQ(scenario.program.size(), 2U);
  const ast::Stmt& assign = scenario.program[0];
  EXPECT_EQ(assign.text, "x = a  # why");
  EXPECT_EQ(assign.pos, (SourcePos{2, 1}));
  EXPECT_EQ(assign.pointer, "/program/0");
  const ast::Expr& value = *std::get<ast::Assign>(assign.node).value;
  EXPECT_EQ(value.pos, (SourcePos{2, 6}));
  EXPECT_EQ(value.column, 5U);
  const ast::Stmt& def = scenario.program[1];
  EXPECT_EQ(def.text, "async def f(a)");
  const auto& function = std::get<ast::FunctionDef>(def.node);
  EXPECT_TRUE(function.is_async);
  EXPECT_EQ(function.body[0].pointer, "/program/1/do/0");
}

TEST(Loader, Columns_in_a_header_count_its_keyword) {
  const Scenario scenario = loaded(with_program(
      R"j({"if": "é", "do": [], "elif": [{"if": "'é' + x", "do": []}]}, {"while": "y", "do": []})j"));
  const auto& branches = std::get<ast::If>(scenario.program[0].node).branches;
  EXPECT_EQ(branches[0].text, "é");
  EXPECT_EQ(branches[0].condition->column, 4U);
  EXPECT_EQ(branches[1].condition->column, 6U);
  EXPECT_EQ(std::get<ast::Binary>(branches[1].condition->node).right->column, 12U);
  EXPECT_EQ(scenario.program[0].text, "if é");
  EXPECT_EQ(std::get<ast::While>(scenario.program[1].node).condition->column, 7U);
}

TEST(Loader, Reads_every_compound_statement) {
  const Scenario scenario = loaded(with_program(R"j(
    {"def": "f(a, b=1, *c, d, e=2, **g)", "do": ["return a"]},
    {"if": "x", "do": ["pass"], "elif": [{"if": "y", "do": ["pass"]}, {"if": "z", "do": ["pass"]}], "else": ["pass"]},
    {"for": "a, (b, *c) in d, e", "do": ["break"]},
    {"try": ["pass"], "except": [{"catch": "(A, B) as e", "do": ["raise"]}, {"do": []}], "else": ["x"], "finally": ["y"]})j"));
  ASSERT_EQ(scenario.program.size(), 4U);
  const auto& params = std::get<ast::FunctionDef>(scenario.program[0].node).params;
  EXPECT_EQ(params.positional.size(), 2U);
  EXPECT_EQ(params.star, "c");
  EXPECT_EQ(params.keyword_only.size(), 2U);
  EXPECT_EQ(params.star_star, "g");
  EXPECT_EQ(std::get<ast::If>(scenario.program[1].node).branches.size(), 3U);
  const auto& loop = std::get<ast::For>(scenario.program[2].node);
  EXPECT_EQ(dump(*loop.target), "(tuple a (tuple b (star c)))");
  EXPECT_EQ(dump(*loop.iterable), "(tuple d e)");
  const auto& guarded = std::get<ast::Try>(scenario.program[3].node);
  ASSERT_EQ(guarded.handlers.size(), 2U);
  EXPECT_EQ(dump(*guarded.handlers[0].type), "(tuple A B)");
  EXPECT_EQ(guarded.handlers[0].name, "e");
  EXPECT_EQ(guarded.handlers[0].text, "(A, B) as e");
  EXPECT_EQ(guarded.handlers[1].type, nullptr);
}

TEST(Loader, A_body_without_statements_holds_a_pass) {
  const Scenario scenario =
      loaded(with_program(R"j({"def": "f()", "do": []}, {"def": "g()", "do": ["# todo"]})j"));
  EXPECT_EQ(dump(std::get<ast::FunctionDef>(scenario.program[0].node).body.at(0).node), "(pass)");
  const ast::Block& body = std::get<ast::FunctionDef>(scenario.program[1].node).body;
  ASSERT_EQ(body.size(), 2U);
  EXPECT_EQ(dump(body[1].node), "(pass)");
}

TEST(Loader, A_scenario_is_told_from_a_trace_by_its_keys) {
  EXPECT_TRUE(looks_like_scenario("{\"loopscope\": 1}"));
  EXPECT_TRUE(looks_like_scenario(
      "\xEF\xBB\xBF// c \"loopscope_trace\": {\n{\"title\": \"{\\\"\", \"loopscope\" /**/ : 1"));
  EXPECT_TRUE(looks_like_scenario("{\"program\": [{\"a\": 1}], \"loopscope\": broken"));
  EXPECT_FALSE(looks_like_scenario("{\"loopscope_trace\":1,\"scenario\":{\"loopscope\":1}}\n{\"ts\":0}"));
  EXPECT_FALSE(looks_like_scenario("{\"scenario\":{\"loopscope\":1}}"));
  EXPECT_FALSE(looks_like_scenario("{\"title\": \"loopscope\"}"));
  EXPECT_FALSE(looks_like_scenario("[\"loopscope\"]"));
  EXPECT_FALSE(looks_like_scenario(""));
  EXPECT_FALSE(looks_like_scenario("{\"a\\"));
}

}  // namespace
}  // namespace loopscope::scenarios
