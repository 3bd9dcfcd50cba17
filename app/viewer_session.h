#pragma once

#include <mutex>
#include <string>
#include <thread>

#include "app/input.h"
#include "scenarios/run/runner.h"
#include "viz/shell/session.h"

namespace loopscope::app {

/// What the window shows: a trace that is read, or a scenario that runs on a worker
/// thread while the window already draws what there is of it.
class ViewerSession final : public viz::Session {
 public:
  explicit ViewerSession(const std::string& file);
  ~ViewerSession() override;

  viz::SessionView view() override;
  void open(const std::string& path) override;
  void restart() override;
  void keep_bookmarks(const std::vector<viz::Bookmark>& bookmarks) override;

 private:
  void start(const std::string& file, bool same_program);
  void stop();

  // On the worker thread.
  void work(const std::string& file, bool same_program);
  void run_scenario(const scenarios::Scenario& scenario, bool same_program);
  void show_trace(const LoadedTrace& trace, bool same_program);
  void show_error(const std::string& file, const InputError& error);
  void publish(TracePtr store, std::string title, std::string subtitle, bool same_program);

  std::string file_;
  std::mutex mutex_;
  viz::SessionView shown_;                     // under mutex_
  scenarios::Run* running_ = nullptr;          // under mutex_
  bool stopping_ = false;                      // under mutex_
  std::thread worker_;
};

}  // namespace loopscope::app
