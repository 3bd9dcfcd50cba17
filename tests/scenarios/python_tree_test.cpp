#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <sstream>
#include <unistd.h>

#include "tests/scenarios/ast_dump.h"
#include "tests/support/paths.h"

namespace loopscope::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPython = "/usr/bin/python3";

std::string tree(const std::string& text) {
  const SourceText source(text, {1, 1});
  auto parsed = parse_simple_statement(source, {true, true, true});
  if (const auto* error = std::get_if<SyntaxError>(&parsed)) return "error: " + error->message;
  return dump(std::get<StatementNode>(parsed));
}

/// Statements with everything in them that a slip of the pen could break.
const std::vector<std::string>& corpus() {
  static const std::vector<std::string> lines = {
      "x = 1 + 2 * 3 ** -4 ** 2",
      "x = a if b else c if d else e",
      "await foo(1, *c, k=2, **d)",
      "a, (b, *c), [d, e] = await g.h(x)[1]",
      "x[1:2, ::3, a] = y[::]",
      "not a in b is not c < d >= e != f",
      "x = lambda a, *b, c=1, **d: a if b else c",
      "x = [x + 1 for x, *y in z if a if b for w in q or r]",
      "print(f'{x!r:>{w}.{p}f} {{a}} {y=} {z = :3}', sep='', end=\"\\n\")",
      "x = f\"{a['k']}\" 'b' rf'\\d{n}' f'{f\"{1}\"}'",
      "return a, *b",
      "return await asyncio.gather(*[w(i) for i in range(3)], return_exceptions=True)",
      "raise E('x') from e",
      "assert a == b, 'msg'",
      "del a, b[0], c.d, (e, [f])",
      "x += 1, 2",
      "obj.attr //= 3 % 4",
      "xs[i][j] **= ~a & b | c ^ d << e >> f",
      "x = {'a': 1, **b, 'c': [1, 2]}",
      "x = {1, *b, 3,}",
      "x = (1,), (), [*a], (*b, 1)",
      "x = 0x1F + 0b101 + 0o17 + 1_000 + 1e3 + .5 + 5. + 1E-7",
      "x = b'ab\\x00\\n' br'\\d' if not x else -x",
      "x = 'a\\tb\\x41\\u00e9\\U0001F600\\101\\q' \"it's\"",
      "global x, y",
      "x = a.b.c(d)(e)[f].g  # comment",
      "x = 1if y else 2",
      "x = - - + ~ z ** -y",
      "f'{lambda x: 1} {(lambda x: 1)}'",
      "f'{ {1: 2}[1] } {x:{y}} {x != y}'",
      "f'{{{x}}}' f'\\{6}'"};
  return lines;
}

/// `line` with a few characters changed, repeatably.
std::string mutated(std::string line, std::mt19937& random) {
  static const std::string kCharacters = "()[]{}'\"\\,:.=!f01eExX_ *+-<>~#ab";
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (std::size_t edits = 1 + below(3); edits > 0 && !line.empty(); --edits) {
    const std::size_t at = below(line.size());
    switch (below(3)) {
      case 0:
        line.insert(at, 1, kCharacters[below(kCharacters.size())]);
        break;
      case 1:
        line.erase(at, 1);
        break;
      default:
        line[at] = kCharacters[below(kCharacters.size())];
        break;
    }
  }
  return line;
}

std::vector<std::string> python_trees(const std::vector<std::string>& lines) {
  const fs::path file = fs::path(testing::TempDir()) / ("statements-" + std::to_string(::getpid()) + ".txt");
  std::ofstream out(file);
  for (const std::string& line : lines) out << line << "\n";
  out.close();
  const fs::path script = support::source_dir() / "tests" / "scenarios" / "dump_ast.py";
  std::ostringstream command;
  command << kPython << " " << script << " < " << file;
  FILE* pipe = ::popen(command.str().c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), n);
  EXPECT_EQ(::pclose(pipe), 0);
  fs::remove(file);
  std::vector<std::string> trees;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    trees.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return trees;
}

/// What the format leaves out on purpose.
bool is_left_out(const std::string& error) {
  for (const char* reason :
       {"not in the format", "does not have it yet", "one statement per string", "empty statement",
        "'await' takes", "'await' stands", "64 bits", "does not have classes"}) {
    if (error.find(reason) != std::string::npos) return true;
  }
  return false;
}

bool is_error(const std::string& tree) { return tree.starts_with("error: "); }

TEST(PythonTree, Statements_parse_as_CPython_parses_them_and_fail_where_it_fails) {
  if (!fs::exists(kPython)) GTEST_SKIP() << "no " << kPython;
  std::vector<std::string> lines = corpus();
  std::mt19937 random(1);
  while (lines.size() < 6000) lines.push_back(mutated(corpus()[random() % corpus().size()], random));
  const std::vector<std::string> theirs = python_trees(lines);
  ASSERT_EQ(theirs.size(), lines.size());
  std::size_t equal = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string ours = tree(lines[i]);
    if (is_error(ours) && (is_error(theirs[i]) || is_left_out(ours))) continue;
    EXPECT_EQ(ours, theirs[i]) << lines[i];
    ++equal;
  }
  EXPECT_GT(equal, 1000U);
}

}  // namespace
}  // namespace loopscope::scenarios
