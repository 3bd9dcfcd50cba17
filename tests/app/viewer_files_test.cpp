// What the viewer does with files: watching, listing, settings, and the session over all of it.
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/file_list.h"
#include "app/file_watch.h"
#include "app/settings_file.h"
#include "app/viewer_session.h"
#include "tests/support/process.h"
#include "traces/formats/jsonl.h"

#include "bench/big_trace.h"

namespace loopscope::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::read_file;
using testing_support::TemporaryFolder;

constexpr const char* kOne = "{\"loopscope\": 1, \"program\": [\"print('one')\"]}";
constexpr const char* kTwo = "{\"loopscope\": 1, \"program\": [\"print('one')\", \"print('two')\"]}";
constexpr const char* kBad = "{\"loopscope\": 1,\n \"program\": [\"print('one'\"]}";

/// An environment variable with another value while it lives.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    value ? ::setenv(name, value, 1) : ::unsetenv(name);
  }
  ~Environment() { old_ ? ::setenv(name_, old_->c_str(), 1) : ::unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

TEST(FileWatch, Tells_once_of_each_save_when_the_file_stands_still) {
  const TemporaryFolder folder;
  const std::string file = folder.write("a.json", "one");
  FileWatch watch(file);
  EXPECT_FALSE(watch.changed());
  folder.write("a.json", "three");
  EXPECT_FALSE(watch.changed());  // it may still be being written
  EXPECT_TRUE(watch.changed());
  EXPECT_FALSE(watch.changed());
  folder.write("b.json", "fours");
  fs::rename(folder / "b.json", file);  // as editors save
  watch.changed();
  EXPECT_TRUE(watch.changed());
}

TEST(FileWatch, Waits_while_the_file_is_empty_or_away) {
  const TemporaryFolder folder;
  const std::string file = folder.write("a.json", "one");
  FileWatch watch(file);
  folder.write("a.json", "");
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(watch.changed());
  fs::remove(file);
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(watch.changed());
  folder.write("a.json", "two");
  EXPECT_FALSE(watch.changed());
  EXPECT_TRUE(watch.changed());
  EXPECT_FALSE(FileWatch().changed());
}

TEST(FileList, Has_recent_files_the_folder_and_the_library) {
  const TemporaryFolder folder, other;
  const std::string here = folder.write("here.json", kOne), beside = folder.write("beside.jsonl", "");
  folder.write("here.json.bookmarks.json", "{}");
  folder.write("notes.txt", "");
  fs::create_directory(folder / "folder.json");
  const std::string far = other.write("far.json", kOne);
  const auto list = file_list(here, {here, far, "/away/gone.json", "lifecycle", far});
  std::vector<std::string> groups, paths;
  for (const auto& choice : list) {
    if (groups.empty() || groups.back() != choice.group) groups.push_back(choice.group);
    if (choice.group != "Library") paths.push_back(choice.path);
    EXPECT_FALSE(choice.title.empty());
  }
  EXPECT_THAT(groups, ElementsAre("Recent", HasSubstr("Folder "), "Library"));
  EXPECT_THAT(paths, ElementsAre(far, "lifecycle", beside, here));
  EXPECT_THAT(list, testing::Contains(testing::Field(&viz::FileChoice::detail, "Two tasks share one loop")));
}

TEST(FileList, Writes_the_users_own_folder_as_a_tilde) {
  const TemporaryFolder folder;
  const Environment home("HOME", folder.path().c_str());
  const std::string file = folder.write("here.json", kOne);
  EXPECT_EQ(file_list(file, {}).front().group, "Folder ~");
  EXPECT_EQ(expanded("~/here.json"), file);
  EXPECT_EQ(expanded("~x/here.json"), "~x/here.json");
}

TEST(SettingsFile, Is_where_the_standard_says) {
  {
    const Environment config("XDG_CONFIG_HOME", "/c");
    EXPECT_EQ(SettingsFile::usual_path(), "/c/loopscope/settings.json");
  }
  const Environment config("XDG_CONFIG_HOME", "relative"), home("HOME", "/h");
  EXPECT_EQ(SettingsFile::usual_path(), "/h/.config/loopscope/settings.json");
  const Environment nowhere("HOME", nullptr);
  EXPECT_EQ(SettingsFile::usual_path(), "");
}

TEST(SettingsFile, Keeps_and_reads_making_its_folder) {
  const TemporaryFolder folder;
  const std::string path = (folder / "new/loopscope/settings.json").string();
  SettingsFile file(path);
  EXPECT_EQ(file.problem(), "");
  traces::ViewerSettings settings;
  settings.theme = "light";
  file.keep(settings);
  EXPECT_EQ(SettingsFile(path).settings(), settings);
  fs::remove(path);
  file.keep(settings);  // as it is
  EXPECT_FALSE(fs::exists(path));
  SettingsFile nowhere("");
  nowhere.keep(settings);
}

TEST(SettingsFile, A_broken_one_gives_defaults_says_so_and_is_kept_aside) {
  const TemporaryFolder folder;
  const std::string path = folder.write("settings.json", "{\"theme\": ");
  SettingsFile file(path);
  EXPECT_EQ(file.settings(), traces::ViewerSettings{});
  EXPECT_THAT(file.problem(), HasSubstr(path));
  traces::ViewerSettings settings;
  settings.scale = 2;
  file.keep(settings);
  EXPECT_EQ(SettingsFile(path).settings(), settings);
  EXPECT_EQ(read_file(path + ".broken"), "{\"theme\": ");
  SettingsFile directory(folder.path().string());
  EXPECT_NE(directory.problem(), "");
  directory.keep(settings);  // cannot be, and does no harm
}

/// Runs for ever: only a limit or the user ends it.
constexpr const char* kEndless =
    R"j({"loopscope": 1, "program": [
  {"async def": "main()", "do": [{"while": "True", "do": ["await asyncio.sleep(0)"]}]},
  "asyncio.run(main())"], "loop": {"limits": {"iterations": 100000000, "events": 100000000, "steps": 1000000000}}})j";

/// Large enough that reading it takes a while.
std::string large_trace() {
  std::string text;
  traces::write_jsonl(*bench::big_trace(200'000), [&text](std::string_view bytes) {
    text += bytes;
    return true;
  });
  return text;
}

class SessionTest : public testing::Test {
 protected:
  /// What the session shows once `done` is true of it; the last view if it never is.
  template <class Done>
  viz::SessionView wait(ViewerSession& session, Done done) {
    viz::SessionView view;
    for (int i = 0; i < 500; ++i) {
      view = session.view();
      if (done(view)) return view;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "nothing came";
    return view;
  }
  viz::SessionView ran(ViewerSession& session, std::uint64_t generation) {
    return wait(session, [&](const viz::SessionView& v) {
      return v.generation == generation && v.run.store && v.run.store->finished();
    });
  }
  static bool has_problems(const viz::SessionView& view) { return view.problems && !view.problems->empty(); }

  TemporaryFolder folder_;
  SettingsFile settings_{(folder_ / "config/settings.json").string()};
};

TEST_F(SessionTest, Runs_edited_text_beside_the_files) {
  const std::string file = folder_.write("a.json", kOne);
  ViewerSession session(file, settings_);
  const auto first = ran(session, 1);
  ASSERT_TRUE(first.source);
  EXPECT_EQ(first.source->text, kOne);
  EXPECT_FALSE(first.same_program);
  session.run_text(kTwo);
  const auto second = ran(session, 2);
  EXPECT_EQ(second.run.store->output_count(), 2U);
  EXPECT_TRUE(second.same_program);
  EXPECT_EQ(second.source->text, kOne);
  EXPECT_EQ(read_file(file), kOne);
  session.run_text(kBad);
  const auto third = wait(session, has_problems);
  EXPECT_EQ(third.generation, 2U);
  EXPECT_FALSE(third.notice.has_value());
  EXPECT_EQ(third.problems->front().line, 2U);
  EXPECT_GT(third.problems->front().column, 1U);
  session.restart();
  const auto fourth = ran(session, 3);
  EXPECT_FALSE(has_problems(fourth));
  EXPECT_EQ(fourth.run.store->output_count(), 1U);
}

TEST_F(SessionTest, Checks_a_text_beside_the_run_and_the_newest_counts) {
  const std::string file = folder_.write("a.json", kOne);
  ViewerSession session(file, settings_);
  ran(session, 1);
  EXPECT_FALSE(session.view().checked);
  for (std::uint64_t revision = 1; revision <= 20; ++revision) session.check_text(revision, kBad);
  const auto bad =
      wait(session, [](const viz::SessionView& v) { return v.checked && v.checked->revision == 20; });
  ASSERT_FALSE(bad.checked->problems.empty());
  EXPECT_EQ(bad.checked->problems.front().line, 2U);
  EXPECT_EQ(bad.generation, 1U);  // nothing was run, nothing is shown as the run's error
  EXPECT_FALSE(has_problems(bad));
  session.check_text(21, kTwo);
  const auto good = wait(session, [](const viz::SessionView& v) { return v.checked->revision == 21; });
  EXPECT_TRUE(good.checked->problems.empty());
}

TEST_F(SessionTest, A_run_that_is_cancelled_stays_as_far_as_it_came_and_can_be_run_again) {
  const std::string file = folder_.write("endless.json", kEndless);
  ViewerSession session(file, settings_);
  wait(session,
       [](const viz::SessionView& v) { return v.run.store && v.run.store->size() > 1000 && v.work; });
  session.cancel();
  const auto over = ran(session, 1);
  EXPECT_THAT(over.failure, HasSubstr("stopped here, as you asked"));
  EXPECT_FALSE(session.view().work);
  EXPECT_THAT(session.view().message, HasSubstr("was stopped"));
  EXPECT_GT(over.run.store->size(), 1000U);
  session.restart();
  wait(session, [](const viz::SessionView& v) { return v.generation == 2 && v.work; });
  session.cancel();
  EXPECT_THAT(ran(session, 2).failure, HasSubstr("stopped here"));
}

TEST_F(SessionTest, A_read_that_is_cancelled_says_so_without_a_sign_of_work) {
  const std::string large = folder_.write("large.trace.jsonl", large_trace());
  ViewerSession session(large, settings_);
  session.cancel();  // nothing is told yet: nothing to cancel, or already under way
  wait(session, [&](const viz::SessionView& v) {
    session.cancel();
    return (v.notice && v.notice->kind == viz::Notice::Kind::told) || v.generation == 1;
  });
  const auto shown = session.view();
  EXPECT_FALSE(shown.work);
  ASSERT_TRUE(shown.notice) << "the trace was read before it could be stopped";
  EXPECT_THAT(shown.notice->title, HasSubstr("was stopped"));
  session.restart();
  const auto read = ran(session, 1);
  EXPECT_FALSE(read.notice);
}

TEST_F(SessionTest, A_read_that_is_cancelled_beside_a_run_leaves_the_run_and_tells_so) {
  const std::string file = folder_.write("a.json", kOne),
                    large = folder_.write("large.trace.jsonl", large_trace());
  ViewerSession session(file, settings_);
  ran(session, 1);
  session.open(large);
  const auto stopped = wait(session, [&](const viz::SessionView& v) {
    session.cancel();
    return v.message.find("was stopped") != std::string::npos || v.generation == 2;
  });
  EXPECT_EQ(stopped.generation, 1U);
  EXPECT_FALSE(stopped.notice);
  EXPECT_FALSE(session.view().work);
}

TEST_F(SessionTest, Sees_saves_and_keeps_the_run_when_the_file_broke) {
  const std::string file = folder_.write("a.json", kOne);
  ViewerSession session(file, settings_);
  ran(session, 1);
  folder_.write("a.json", kBad);
  wait(session, [](const viz::SessionView& v) { return v.file_saves == 1; });
  session.restart();
  const auto bad = wait(session, has_problems);
  EXPECT_EQ(bad.generation, 1U);
  EXPECT_FALSE(bad.notice.has_value());
  EXPECT_EQ(bad.source->text, kBad);  // so that the marks stand where they belong
  fs::remove(file);
  session.restart();
  const auto gone = wait(
      session, [](const viz::SessionView& v) { return has_problems(v) && v.problems->front().line == 0; });
  EXPECT_EQ(gone.generation, 1U);
}

TEST_F(SessionTest, A_file_that_never_ran_has_a_page_and_its_edited_text_becomes_its_run) {
  const std::string file = folder_.write("bad.json", kBad);
  ViewerSession session(file, settings_);
  const auto bad = wait(session, has_problems);
  ASSERT_TRUE(bad.notice.has_value());
  EXPECT_THAT(bad.notice->text, HasSubstr("bad.json:2:"));
  session.run_text(kOne);
  EXPECT_FALSE(ran(session, 1).notice.has_value());
}

TEST_F(SessionTest, Saves_under_another_name_and_goes_on_with_that_file) {
  ViewerSession session("lifecycle", settings_);
  const auto library = ran(session, 1);
  EXPECT_EQ(library.source->path, "lifecycle.json");
  const std::string path = (folder_ / "mine.json").string();
  EXPECT_EQ(session.save_as(path, kTwo), "");
  const auto saved = ran(session, 2);
  EXPECT_TRUE(saved.same_program);
  EXPECT_EQ(saved.run.title, "mine");
  EXPECT_EQ(read_file(path), kTwo);
  EXPECT_THAT(session.save_as(folder_.path().string(), kTwo), HasSubstr("is a directory"));
  EXPECT_THAT(session.save_as("/nowhere/at/all.json", kTwo), HasSubstr("/nowhere/at/all.json"));
  EXPECT_EQ(read_file(path), kTwo);
}

TEST_F(SessionTest, Remembers_what_was_opened_and_what_it_is_told) {
  const std::string one = folder_.write("one.json", kOne), two = folder_.write("two.json", kTwo);
  {
    ViewerSession session(one, settings_);
    ran(session, 1);
    session.open(two);
    ran(session, 2);
    session.open(one);
    ran(session, 3);
    traces::ViewerSettings settings;
    settings.theme = "light";
    session.keep_settings(settings);
    EXPECT_EQ(session.files().front().path, two);  // the one that is shown is not offered
  }
  const SettingsFile again((folder_ / "config/settings.json").string());
  EXPECT_EQ(again.settings().theme, "light");
  EXPECT_THAT(again.settings().recent, ElementsAre(one, two));
}

TEST_F(SessionTest, Keeps_text_that_nobody_saved_beside_the_settings) {
  ViewerSession session("lifecycle", settings_);
  ran(session, 1);
  const std::string kept = session.keep_unsaved(kTwo);
  EXPECT_EQ(kept, (folder_ / "config/unsaved/lifecycle.json").string());
  EXPECT_EQ(read_file(kept), kTwo);
  EXPECT_EQ(session.files().front().path, kept);
  EXPECT_EQ(SettingsFile("").keep_unsaved("a.json", kTwo), "");
}

TEST_F(SessionTest, Says_that_the_settings_are_broken) {
  SettingsFile broken(folder_.write("settings.json", "nonsense"));
  ViewerSession session("lifecycle", broken);
  EXPECT_THAT(session.view().message, HasSubstr("Default settings"));
}

}  // namespace
}  // namespace loopscope::app
