// Every command of the table on every scenario of the library: nothing may crash, and the cursor stays
// in the trace.
#include <gtest/gtest.h>

#include "tests/app/library_run.h"
#include "tests/viz/headless.h"
#include "viz/model/prompt.h"

namespace loopscope {
namespace {

/// What is typed into a prompt that a command has opened.
std::string text_for(viz::PromptKind kind) {
  switch (kind) {
    case viz::PromptKind::search:
      return "task";
    case viz::PromptKind::palette:
      return "next";
    case viz::PromptKind::breakpoint:
      return "ready > 1";
    case viz::PromptKind::bookmark:
      return "a note";
    case viz::PromptKind::save_as:
      return "a.json";
    case viz::PromptKind::open:
      return "./a.json";
    case viz::PromptKind::filter:
      break;
  }
  return "a";
}

void answer(viz::HeadlessDriver& driver) {
  if (!driver.viewer.takes_text()) return;
  for (const char c : text_for(driver.viewer.view().prompt->kind()))
    driver.press(c == ' ' ? viz::KeyPress{.key = viz::KeyName::space}
                          : viz::typed(static_cast<unsigned char>(c)));
  driver.press({.key = viz::KeyName::enter});
  driver.press({.key = viz::KeyName::escape});
}

/// All commands of the table but Quit, from the middle of the run, in a window of that size.
void drive(const app::TracePtr& store, viz::Vec2 window) {
  viz::HeadlessDriver driver(store, window.x, window.y);
  const auto size = store->size();
  driver.viewer.apply(viz::command::Seek{size / 2});
  driver.viewer.apply(viz::command::Select{{viz::Selection::Kind::task, 1}});
  for (const viz::CommandRow& row : viz::command_table()) {
    if (row.name == "Quit") continue;
    driver.press(row.keys.front());
    answer(driver);
    driver.viewer.editor().focus(false);
    ASSERT_LT(driver.viewer.cursor(), size) << row.name;
    ASSERT_GT(driver.vertices(), 0) << row.name;
  }
  EXPECT_EQ(driver.session.restarts, 2);  // "Run again" and "Back to the file's text"
  EXPECT_EQ(driver.session.texts.size(), 1U);
  EXPECT_EQ(driver.session.opened, std::vector<std::string>{"./a.json"});
  driver.press(viz::command_table().back().keys.front());
  EXPECT_TRUE(driver.frames.wants_quit());
}

TEST(Library, Every_command_works_on_every_scenario) {
  for (const std::string& name : testing_support::library_names()) {
    SCOPED_TRACE(name);
    const auto store = testing_support::library_run(name);
    drive(store, {1600, 1000});
    drive(store, {1280, 720});
  }
}

TEST(Library, Every_command_works_on_the_other_loop_models) {
  for (const std::string& name : testing_support::library_names())
    for (const std::string model : {"drain", "trampoline"}) {
      SCOPED_TRACE(name + " on " + model);
      const auto store = testing_support::library_run(name, model);
      if (store->size() > 0) drive(store, {1600, 1000});
    }
}

}  // namespace
}  // namespace loopscope
