#include "app/viewer_session.h"

#include "app/bookmark_file.h"

#include <utility>

namespace loopscope::app {

ViewerSession::ViewerSession(const std::string& file) {
  shown_.notice = viz::Notice{"Opening " + file, "", false};
  start(file, false);
}

ViewerSession::~ViewerSession() { stop(); }

viz::SessionView ViewerSession::view() {
  const std::lock_guard lock(mutex_);
  return shown_;
}

void ViewerSession::open(const std::string& path) { start(path, false); }

void ViewerSession::restart() { start(std::string(file_), true); }

void ViewerSession::keep_bookmarks(const std::vector<viz::Bookmark>& bookmarks) {
  const std::lock_guard lock(mutex_);
  shown_.bookmarks = bookmarks;
  write_bookmarks(file_, bookmarks);
}

void ViewerSession::start(const std::string& file, bool same_program) {
  stop();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = false;
  }
  file_ = file;
  worker_ = std::thread([this, file, same_program] { work(file, same_program); });
}

void ViewerSession::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (running_) running_->request_stop();
  }
  if (worker_.joinable()) worker_.join();
}

void ViewerSession::work(const std::string& file, bool same_program) {
  auto opened = open_input(file);
  if (const auto* bad = std::get_if<InputError>(&opened)) show_error(file, *bad);
  else if (const auto* trace = std::get_if<LoadedTrace>(&opened)) show_trace(*trace, same_program);
  else run_scenario(std::get<scenarios::Scenario>(opened), same_program);
}

void ViewerSession::run_scenario(const scenarios::Scenario& scenario, bool same_program) {
  auto store = std::make_shared<traces::TraceStore>(header_of(scenario, scenario.loop.model));
  scenarios::Run run(scenario, {}, store.get(), {});
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    running_ = &run;
  }
  publish(store, scenario.name, scenario.title, same_program);
  const scenarios::RunResult result = run.execute();
  store->finish();
  const std::lock_guard lock(mutex_);
  running_ = nullptr;
  if (!result.stopped) shown_.failure = result.error;
}

void ViewerSession::show_trace(const LoadedTrace& trace, bool same_program) {
  publish(trace.trace.store, trace.name, trace.trace.store->header().title, same_program);
}

void ViewerSession::show_error(const std::string& file, const InputError& error) {
  const std::lock_guard lock(mutex_);
  shown_.notice = viz::Notice{file + " cannot be shown", error.text, true};
}

void ViewerSession::publish(TracePtr store, std::string title, std::string subtitle, bool same_program) {
  const std::lock_guard lock(mutex_);
  shown_.run = {std::move(store), std::move(title), std::move(subtitle)};
  shown_.bookmarks = read_bookmarks(file_);
  shown_.same_program = same_program;
  shown_.failure.clear();
  shown_.notice.reset();
  ++shown_.generation;
}

}  // namespace loopscope::app
