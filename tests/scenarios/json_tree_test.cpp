#include "scenarios/load/json_tree.h"

#include <gtest/gtest.h>

namespace loopscope::scenarios {
namespace {

JsonDocument document(std::string_view text) {
  auto result = read_json(text);
  if (const auto* error = std::get_if<Diagnostic>(&result)) {
    ADD_FAILURE() << to_string(*error, "file");
    return {};
  }
  return std::get<JsonDocument>(std::move(result));
}

/// "LINE:COL pointer value" of every scalar and key, in the order of the file.
void places(const JsonNode& node, std::vector<std::string>& out) {
  const auto place = [](SourcePos pos) {
    return std::to_string(pos.line) + ":" + std::to_string(pos.column);
  };
  if (node.members.empty() && node.items.empty()) {
    out.push_back(place(node.pos) + " " + node.pointer + " " + compact_json(node));
  }
  for (const JsonNode& item : node.items) places(item, out);
  for (const JsonMember& member : node.members) {
    out.push_back(place(member.key_pos) + " " + member.key);
    places(member.value, out);
  }
}

std::vector<std::string> places(std::string_view text) {
  std::vector<std::string> out;
  const JsonDocument read = document(text);
  places(read.root, out);
  return out;
}

std::string error_of(std::string_view text) {
  auto result = read_json(text);
  const auto* error = std::get_if<Diagnostic>(&result);
  return error == nullptr ? "no error" : to_string(*error, "").substr(1);
}

using Lines = std::vector<std::string>;

TEST(JsonTree, Every_key_and_value_knows_its_place) {
  EXPECT_EQ(places("{\n  \"a\": [1, -2.5e3 , \"x\"],\n  \"b/c~\" : { \"d\":true,\"e\": null }\n}"),
            (Lines{"2:3 a", "2:9 /a/0 1", "2:12 /a/1 -2.5e3", "2:21 /a/2 \"x\"", "3:3 b/c~", "3:14 d",
                   "3:18 /b~1c~0/d true", "3:23 e", "3:28 /b~1c~0/e null"}));
}

TEST(JsonTree, Columns_count_code_points) {
  EXPECT_EQ(places("[\"é\U0001F600\", 1, \"a\"]"),
            (Lines{"1:2 /0 \"é\U0001F600\"", "1:8 /1 1", "1:11 /2 \"a\""}));
}

TEST(JsonTree, Comments_may_stand_wherever_space_may) {
  EXPECT_EQ(places("// one\n/* two\n */ { /**/ \"a\" // , : 3\n : /* 4 */ 5 // six\n } // end"),
            (Lines{"3:12 a", "4:12 /a 5"}));
}

TEST(JsonTree, A_byte_order_mark_is_passed_over) {
  EXPECT_EQ(places("\xEF\xBB\xBF[1]"), (Lines{"1:2 /0 1"}));
}

TEST(JsonTree, Numbers_and_the_order_of_keys_are_kept_as_written) {
  EXPECT_EQ(
      compact_json(document("{ \"z\": 2.0, \"a\": 1E3, \"m\": [1e-7, 10000000000000000000] } // c").root),
      "{\"z\":2.0,\"a\":1E3,\"m\":[1e-7,10000000000000000000]}");
}

TEST(JsonTree, Places_inside_a_string_count_its_escapes) {
  const JsonDocument read = document("\n  [\"a\\n\\u00e9\\ud83d\\ude00é\\\"z\"]");
  const SourceText text = source_text(read, read.root.items[0]);
  ASSERT_EQ(text.text(), "a\né\U0001F600é\"z");
  Lines columns;
  for (std::size_t at : {0U, 1U, 2U, 4U, 8U, 10U, 11U, 12U})
    columns.push_back(std::to_string(text.pos(at).column));
  EXPECT_EQ(columns, (Lines{"5", "6", "8", "14", "26", "27", "29", "30"}));
  EXPECT_EQ(text.pos(11).line, 2U);
}

struct Case {
  const char* text;
  const char* error;
  friend void PrintTo(const Case& one, std::ostream* out) { *out << one.text; }
};

class JsonErrors : public testing::TestWithParam<Case> {};

TEST_P(JsonErrors, Say_where_and_what_to_do) { EXPECT_EQ(error_of(GetParam().text), GetParam().error); }

INSTANTIATE_TEST_SUITE_P(
    Truncated, JsonErrors,
    testing::Values(Case{"", "1:1: error: the file has no JSON value; a scenario is an object, {...}"},
                    Case{" \n", "1:1: error: the file has no JSON value; a scenario is an object, {...}"},
                    Case{"{",
                         "1:2: error: the file ends here, but the object that begins at 1:1 is not closed; "
                         "'}' is missing"},
                    Case{"{\"a\": [1,\n",
                         "1:10: error: the file ends here, but the list that begins at 1:7 is not closed; "
                         "']' is missing (at /a)"},
                    Case{"{\"a\"",
                         "1:5: error: the file ends here, but the object that begins at 1:1 is not closed; "
                         "'}' is missing"},
                    Case{"{\"a\": \"bc", "1:10: error: the file ends inside a string; '\"' is missing"},
                    Case{"[1] /* x", "1:8: error: a comment that is not closed or not begun with // or /*"}));

INSTANTIATE_TEST_SUITE_P(
    Wrong, JsonErrors,
    testing::Values(
        Case{"[1,]", "1:4: error: unexpected ']'; a value is missing, or a ',' is one too many"},
        Case{"{\"a\": 1,}", "1:9: error: unexpected '}'; a value is missing, or a ',' is one too many"},
        Case{"[1,,2]", "1:4: error: unexpected ','; a value was expected"},
        Case{"[1 2]", "1:4: error: unexpected '2'; ',' or ']' was expected"},
        Case{"{\"a\": 1 \"b\": 2}", "1:9: error: unexpected '\"'; ',' or '}' was expected"},
        Case{"[\"def\": 1]", "1:7: error: a list holds no keys: put { } around the key and its value"},
        Case{"[1}", "1:3: error: '}' does not close the '[' that stands at 1:1; ']' is missing before it"},
        Case{"{\"a\": 1]",
             "1:8: error: ']' does not close the '{' that stands at 1:1; '}' is missing before it"},
        Case{"{\"a\": True}", "1:7: error: 'True' is written true in JSON"},
        Case{"[None]", "1:2: error: 'None' is written null in JSON"},
        Case{"{\"a\" 1}", "1:6: error: ':' is missing between the key and its value"},
        Case{"{a: 1}", "1:2: error: unexpected 'a'; a key in double quotes was expected"},
        Case{"{'a': 1}", "1:2: error: unexpected \"'\"; strings and keys stand in double quotes"},
        Case{"{\"a\": tru}", "1:7: error: unexpected 't'; a value was expected"},
        Case{"{\"a\": 01}", "1:8: error: unexpected '1'; ',' or '}' was expected"},
        Case{"[1e999]", "1:2: error: the number is too large"},
        Case{"[\"a\\q\"]",
             "1:5: error: unknown escape '\\q' in a JSON string; a backslash is written '\\\\'"},
        Case{"[\"a\nb\"]", "1:4: error: the string is not closed on its line; '\"' is missing"},
        Case{"[\"\x01\"]", "1:3: error: a control character in a string; write it as \\u00XX"},
        Case{"[\"\\ud800\"]", "1:9: error: half a surrogate pair; '\\uD800' to '\\uDFFF' come in pairs"},
        Case{"{} x", "1:4: error: unexpected 'x' behind the end of the scenario"},
        Case{"[\"é\", \xff]", "1:7: error: this byte is not valid UTF-8"},
        Case{"[\"\xc3\"]", "1:3: error: this byte is not valid UTF-8"}));

TEST(JsonErrors, A_NUL_byte_is_one) {
  EXPECT_EQ(error_of(std::string_view("[1, \0]", 6)), "1:5: error: a NUL byte");
}

TEST(JsonErrors, Nesting_is_bounded) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(error_of(nested(200)), "no error");
  EXPECT_EQ(error_of(nested(201)), "1:201: error: nesting deeper than 200 levels");
  EXPECT_EQ(error_of(nested(1'000'000)), "1:201: error: nesting deeper than 200 levels");
}

TEST(JsonErrors, A_key_that_stands_twice_is_reported_with_the_rest) {
  const JsonDocument read = document("{\"a\": {\"b\": 1,\n \"b\": 2}}");
  ASSERT_EQ(read.diagnostics.size(), 1U);
  EXPECT_EQ(to_string(read.diagnostics[0], "f.json"),
            "f.json:2:2: error: the key 'b' stands here twice (at /a/b)");
}

}  // namespace
}  // namespace loopscope::scenarios
