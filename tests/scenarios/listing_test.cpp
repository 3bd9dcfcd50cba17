#include "scenarios/listing.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/scenarios/load_helpers.h"

namespace loopscope::scenarios {
namespace {

namespace fs = std::filesystem;

std::string listing(std::string_view statements, std::string_view more = "") {
  std::string text;
  for (const std::string& line : loaded(with_program(statements, more)).listing) text += line + "\n";
  return text;
}

TEST(Listing, Opens_with_imports_in_alphabetical_order) {
  EXPECT_EQ(listing(R"j("time.sleep(1)", "asyncio.run(f())")j"),
            "import asyncio\nimport time\ntime.sleep(1)\nasyncio.run(f())\n");
  EXPECT_EQ(listing(R"j("print(1)")j"), "print(1)\n");
  EXPECT_EQ(listing(""), "");
}

TEST(Listing, One_blank_line_stands_around_functions_of_the_module_and_none_inside) {
  EXPECT_EQ(
      listing(
          R"j({"def": "f()", "do": [{"def": "g()", "do": ["pass"]}, "g()"]}, {"async def": "h()", "do": ["f()"]},
                       "x = 1", {"if": "x", "do": [{"def": "k()", "do": []}]}, "# last", {"def": "m()", "do": []})j"),
      "def f():\n    def g():\n        pass\n    g()\n"
      "\nasync def h():\n    f()\n"
      "\nx = 1\nif x:\n    def k():\n        pass\n# last\n"
      "\ndef m():\n    pass\n");
}

TEST(Listing, Prints_compound_statements) {
  EXPECT_EQ(listing(R"j({"if": "a", "do": ["x"], "elif": [{"if": " b ", "do": []}], "else": ["# c", "y"]},
                       {"for": "i in z", "do": [{"while": "True", "do": ["break  # d"]}]},
                       {"try": ["x"], "except": [{"catch": "E as e", "do": ["raise"]}, {"do": []}], "else": [], "finally": ["# f"]})j"),
            "if a:\n    x\nelif b:\n    pass\nelse:\n    # c\n    y\n"
            "for i in z:\n    while True:\n        break  # d\n"
            "try:\n    x\nexcept E as e:\n    raise\nexcept:\n    pass\nelse:\n    pass\nfinally:\n    # f\n "
            "   pass\n");
}

TEST(Listing, Work_is_defined_when_it_is_used) {
  EXPECT_EQ(listing(R"j("work(1.5)")j"),
            "import time\n\ndef work(seconds):\n    end = time.perf_counter() + seconds\n"
            "    while time.perf_counter() < end:\n        pass\n\nwork(1.5)\n");
  EXPECT_EQ(listing(R"j({"def": "work(s)", "do": []}, "work(1)")j"), "def work(s):\n    pass\n\nwork(1)\n");
}

TEST(Listing, Debug_mode_is_given_to_asyncio_run) {
  const char* debug = "\"loop\": {\"debug\": true}, ";
  EXPECT_EQ(listing(R"j("asyncio.run(main())")j", debug),
            "import asyncio\nasyncio.run(main(), debug=True)\n");
  EXPECT_EQ(listing(R"j("x = [asyncio.run( f(')') , ), 'é', asyncio.run(g())]  # asyncio.run()")j", debug),
            "import asyncio\nx = [asyncio.run( f(')') , debug=True ), 'é', asyncio.run(g(), debug=True)]  "
            "# asyncio.run()\n");
  EXPECT_EQ(listing(R"j("asyncio.run(main(), debug=False)", "asyncio.run(main(), **options)")j", debug),
            "import asyncio\nasyncio.run(main(), debug=False)\nasyncio.run(main(), **options)\n");
  EXPECT_EQ(
      listing(
          R"j({"if": "é == asyncio.run(f())", "do": [], "elif": [{"if": "asyncio.run(f(asyncio.run(g())))", "do": []}]})j",
          debug),
      "import asyncio\nif é == asyncio.run(f(), debug=True):\n    pass\n"
      "elif asyncio.run(f(asyncio.run(g(), debug=True)), debug=True):\n    pass\n");
  EXPECT_EQ(listing(R"j("asyncio.run(main())")j"), "import asyncio\nasyncio.run(main())\n");
}

TEST(Listing, Statements_know_their_lines) {
  const Scenario scenario = loaded(with_program(
      R"j("asyncio.sleep", {"def": "f()", "do": ["# c", "x"]}, {"if": "a", "do": [], "elif": [{"if": "b", "do": []}], "else": []},
         {"try": ["x"], "except": [{"do": []}], "else": [], "finally": []})j"));
  EXPECT_EQ(scenario.program[0].listing_line, 2U);
  EXPECT_EQ(scenario.program[1].listing_line, 4U);
  EXPECT_EQ(std::get<ast::FunctionDef>(scenario.program[1].node).body[1].listing_line, 6U);
  const auto& branches = std::get<ast::If>(scenario.program[2].node);
  EXPECT_EQ(scenario.program[2].listing_line, 8U);
  EXPECT_EQ(branches.branches[1].listing_line, 10U);
  EXPECT_EQ(branches.branches[1].body[0].listing_line, 11U);
  EXPECT_EQ(branches.else_line, 12U);
  const auto& guarded = std::get<ast::Try>(scenario.program[3].node);
  EXPECT_EQ(guarded.handlers[0].listing_line, 16U);
  EXPECT_EQ(guarded.else_line, 18U);
  EXPECT_EQ(guarded.finally_line, 20U);
  EXPECT_EQ(scenario.listing[19], "finally:");
}

TEST(Listing, CPython_compiles_the_listing_of_every_library_scenario) {
  if (!fs::exists("/usr/bin/python3")) GTEST_SKIP() << "no /usr/bin/python3";
  ASSERT_FALSE(library_paths().empty());
  for (const fs::path& file : library_paths()) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    LoadResult result = load_scenario(text.str(), file.stem());
    ASSERT_TRUE(std::holds_alternative<Scenario>(result)) << file;
    FILE* python =
        ::popen("/usr/bin/python3 -c 'import sys; compile(sys.stdin.read(), \"listing\", \"exec\")'", "w");
    for (const std::string& line : std::get<Scenario>(result).listing)
      std::fprintf(python, "%s\n", line.c_str());
    EXPECT_EQ(::pclose(python), 0) << file;
  }
}

}  // namespace
}  // namespace loopscope::scenarios
