#include "viz/model/command_table.h"

#include <set>

namespace loopscope::viz {
namespace {

const CommandContext kNormal{};

template <class T>
const T* as(const std::optional<Command>& command) {
  return command ? std::get_if<T>(&*command) : nullptr;
}

TEST(CommandTable, No_key_is_bound_twice_but_for_lessons) {
  std::set<std::string> seen, lessons;
  for (const CommandRow& row : command_table())
    for (const KeyPress& key : row.keys)
      EXPECT_TRUE((row.group == CommandGroup::teach ? lessons : seen).insert(key_text(key)).second)
          << key_text(key);
}

TEST(CommandTable, Every_command_has_a_name_and_a_key_that_makes_it) {
  for (const CommandRow& row : command_table()) {
    EXPECT_FALSE(row.name.empty());
    ASSERT_FALSE(row.keys.empty()) << row.name;
    const auto command = command_for(row.keys.front(), {.teaching = row.group == CommandGroup::teach});
    ASSERT_TRUE(command) << row.name;
    EXPECT_EQ(command->index(), row.make(kNormal).index()) << row.name;
  }
}

TEST(CommandTable, Arrows_step_by_event_with_Shift_handle_Alt_phase_Ctrl_iteration) {
  const auto step = [](bool shift, bool ctrl, bool alt, KeyName key) {
    const auto command = command_for({.key = key, .shift = shift, .ctrl = ctrl, .alt = alt}, kNormal);
    const auto* s = as<command::Step>(command);
    return s ? std::pair{s->by, s->forward} : std::pair{Granularity::output, false};
  };
  using G = Granularity;
  EXPECT_EQ(step(false, false, false, KeyName::right), (std::pair{G::event, true}));
  EXPECT_EQ(step(false, false, false, KeyName::left), (std::pair{G::event, false}));
  EXPECT_EQ(step(true, false, false, KeyName::right), (std::pair{G::handle, true}));
  EXPECT_EQ(step(true, false, false, KeyName::left), (std::pair{G::handle, false}));
  EXPECT_EQ(step(false, false, true, KeyName::right), (std::pair{G::phase, true}));
  EXPECT_EQ(step(false, false, true, KeyName::left), (std::pair{G::phase, false}));
  EXPECT_EQ(step(false, true, false, KeyName::right), (std::pair{G::iteration, true}));
  EXPECT_EQ(step(false, true, false, KeyName::left), (std::pair{G::iteration, false}));
  EXPECT_EQ(step(true, true, false, KeyName::right), (std::pair{G::task_step, true}));
  EXPECT_EQ(step(true, false, true, KeyName::right), (std::pair{G::output, true}));
}

TEST(CommandTable, Letters_count_by_what_they_type_in_either_case) {
  EXPECT_TRUE(as<command::ToggleAxis>(command_for(typed(U'x'), kNormal)));
  EXPECT_TRUE(as<command::ToggleAxis>(command_for(typed(U'X'), kNormal)));
  EXPECT_TRUE(as<command::ToggleHelp>(command_for(typed(U'?'), kNormal)));
  EXPECT_FALSE(command_for(typed(U'x', true), kNormal));
  EXPECT_FALSE(command_for(typed(U'é'), kNormal));
}

TEST(CommandTable, Size_changes_by_whole_tenths_and_stays_in_its_limits) {
  const auto scale = [](char32_t c, float from) {
    return as<command::SetScale>(command_for(typed(c, true), {.scale = from}))->scale;
  };
  EXPECT_FLOAT_EQ(scale(U'+', 1), 1.1F);
  EXPECT_FLOAT_EQ(scale(U'=', 1.1F), 1.2F);
  EXPECT_FLOAT_EQ(scale(U'-', 1.04F), 0.9F);
  EXPECT_FLOAT_EQ(scale(U'+', kMaxScale), kMaxScale);
  EXPECT_FLOAT_EQ(scale(U'-', kMinScale), kMinScale);
  EXPECT_FLOAT_EQ(scale(U'0', 3), 1);
}

TEST(CommandTable, Speed_walks_over_its_stops_and_back) {
  float speed = 1;
  for (int i = 0; i < 20; ++i) speed = next_speed(speed, true);
  EXPECT_EQ(speed, speed_stops().back());
  for (int i = 0; i < 20; ++i) speed = next_speed(speed, false);
  EXPECT_EQ(speed, speed_stops().front());
  EXPECT_EQ(next_speed(1, true), 2);
  EXPECT_EQ(next_speed(1, false), 0.5F);
  EXPECT_EQ(next_speed(3, false), 2);
  EXPECT_EQ(next_speed(3, true), 4);
}

TEST(Keys, Are_written_as_people_read_them) {
  EXPECT_EQ(key_text({.key = KeyName::right, .shift = true, .ctrl = true}), "Ctrl Shift →");
  EXPECT_EQ(key_text(typed(U'x')), "X");
  EXPECT_EQ(key_text(typed(U'+', true)), "Ctrl +");
  EXPECT_EQ(key_text({.key = KeyName::space}), "Space");
}

}  // namespace
}  // namespace loopscope::viz
