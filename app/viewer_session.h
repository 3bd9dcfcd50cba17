#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/file_watch.h"
#include "app/input.h"
#include "app/settings_file.h"
#include "app/text_check.h"
#include "scenarios/run/runner.h"
#include "viz/shell/session.h"

namespace loopscope::app {

/// What the window shows: a trace that is read, or a scenario that runs on a worker
/// thread while the window already draws what there is of it.
class ViewerSession final : public viz::Session {
 public:
  /// Opens `file`; what is to be remembered goes to `settings`, which must outlive the session.
  ViewerSession(const std::string& file, SettingsFile& settings);
  ~ViewerSession() override;

  viz::SessionView view() override;
  void open(const std::string& path) override;
  void restart() override;
  void cancel() override;
  void run_text(const std::string& text) override;
  void check_text(std::uint64_t revision, const std::string& text) override;
  std::string save_as(const std::string& path, const std::string& text) override;
  std::string keep_unsaved(const std::string& text) override;
  std::vector<viz::FileChoice> files() override;
  void keep_settings(const traces::ViewerSettings& settings) override;
  void keep_bookmarks(const std::vector<viz::Bookmark>& bookmarks) override;

 private:
  /// What the worker thread is to show.
  struct Job {
    std::string file;
    std::optional<std::string> text;  ///< instead of the file's
  };

  void start(Job job);
  void stop();

  // On the worker thread.
  void work(const Job& job);
  void run_scenario(const Job& job, const scenarios::Scenario& scenario);
  void fail(const Job& job, const InputError& error);
  void keep_source(const Job& job, const InputFile& input);
  bool tell(const viz::Work& work);
  void stopped(const Job& job);
  void publish(const Job& job, TracePtr store, std::string title, std::string subtitle);

  void remember_recent();
  void remember(const std::string& name);

  SettingsFile& settings_;
  traces::ViewerSettings kept_;
  std::uint64_t remembered_ = 0;  // the generation whose file is among the recent ones
  std::string file_;
  FileWatch watch_;
  std::chrono::steady_clock::time_point asked_{};  // the watch, last
  std::mutex mutex_;
  viz::SessionView shown_;                         // under mutex_
  std::string shown_file_;                         // whose run is shown; under mutex_
  std::shared_ptr<const viz::SourceText> source_;  // of the job under way; the worker's
  scenarios::Run* running_ = nullptr;              // under mutex_
  bool stopping_ = false;                          // under mutex_
  bool cancelled_ = false;                         // by the user; under mutex_
  std::optional<viz::Work> work_;                  // under mutex_
  std::chrono::steady_clock::time_point began_{};  // the job under way
  TextCheck check_;
  std::thread worker_;
};

}  // namespace loopscope::app
