#include "app/viewer_session.h"

#include <filesystem>
#include <utility>

#include "app/bookmark_file.h"
#include "app/file_list.h"
#include "app/output_file.h"

namespace loopscope::app {
namespace {

constexpr auto kWatchEvery = std::chrono::milliseconds(150);
constexpr auto kTellAfter = std::chrono::milliseconds(400);  // shorter work is not worth a word

}  // namespace

ViewerSession::ViewerSession(const std::string& file, SettingsFile& settings)
    : settings_(settings), kept_(settings.settings()) {
  shown_.message = settings.problem();
  shown_.notice = viz::Notice{"Opening " + file, "", viz::Notice::Kind::busy};
  start({file, {}});
}

ViewerSession::~ViewerSession() { stop(); }

viz::SessionView ViewerSession::view() {
  const auto now = std::chrono::steady_clock::now();
  const bool ask = now - asked_ >= kWatchEvery;
  if (ask) asked_ = now;
  const bool saved = ask && watch_.changed();
  const std::lock_guard lock(mutex_);
  if (saved) ++shown_.file_saves;
  if (shown_.generation != remembered_) remember_recent();
  shown_.checked = check_.checked();
  shown_.work = work_ && now - began_ >= kTellAfter ? work_ : std::nullopt;
  if (shown_.work && running_ && shown_.run.store) shown_.work->events = shown_.run.store->size();
  return shown_;
}

/// The file whose run is shown becomes the newest of the recent ones.
void ViewerSession::remember_recent() {
  remembered_ = shown_.generation;
  remember(remembered_name(shown_file_));
}

void ViewerSession::remember(const std::string& name) {
  std::erase(kept_.recent, name);
  kept_.recent.insert(kept_.recent.begin(), name);
  if (kept_.recent.size() > traces::kMostRecent) kept_.recent.resize(traces::kMostRecent);
  settings_.keep(kept_);
}

std::string ViewerSession::keep_unsaved(const std::string& text) {
  const std::string name = std::filesystem::path(file_).stem().string() + ".json";
  const std::string file = settings_.keep_unsaved(name, text);
  if (!file.empty()) remember(file);
  return file;
}

std::vector<viz::FileChoice> ViewerSession::files() { return file_list(file_, kept_.recent); }

void ViewerSession::keep_settings(const traces::ViewerSettings& settings) {
  auto recent = std::move(kept_.recent);
  kept_ = settings;
  kept_.recent = std::move(recent);
  settings_.keep(kept_);
}

void ViewerSession::open(const std::string& path) { start({expanded(path), {}}); }

void ViewerSession::restart() { start({std::string(file_), {}}); }

void ViewerSession::cancel() {
  const std::lock_guard lock(mutex_);
  if (!work_) return;
  stopping_ = cancelled_ = true;
  if (running_) running_->request_stop();
}

void ViewerSession::run_text(const std::string& text) { start({std::string(file_), text}); }

void ViewerSession::check_text(std::uint64_t revision, const std::string& text) {
  check_.ask(revision, std::filesystem::path(file_).stem().string(), text);
}

std::string ViewerSession::save_as(const std::string& path, const std::string& text) {
  const std::string target = expanded(path);
  OutputFile out(target);
  if (!out.ok() || !out.write(text) || !out.commit()) return out.error().substr(0, out.error().find('\n'));
  {
    const std::lock_guard lock(mutex_);
    if (shown_file_ == file_) shown_file_ = target;  // the same program under another name
  }
  start({target, {}});
  return {};
}

void ViewerSession::keep_bookmarks(const std::vector<viz::Bookmark>& bookmarks) {
  const std::lock_guard lock(mutex_);
  shown_.bookmarks = bookmarks;
  write_bookmarks(file_, bookmarks);
}

void ViewerSession::start(Job job) {
  stop();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = cancelled_ = false;
    began_ = std::chrono::steady_clock::now();
  }
  file_ = job.file;
  if (!job.text) watch_ = FileWatch(file_);
  worker_ = std::thread([this, job = std::move(job)] { work(job); });
}

void ViewerSession::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (running_) running_->request_stop();
  }
  if (worker_.joinable()) worker_.join();
  work_.reset();
}

/// How far the work is; false when it is to stop.
bool ViewerSession::tell(const viz::Work& work) {
  const std::lock_guard lock(mutex_);
  work_ = work;
  return !stopping_;
}

/// The file was not read to its end, as the user wished: what was shown stays.
void ViewerSession::stopped(const Job& job) {
  const std::lock_guard lock(mutex_);
  work_.reset();
  if (!cancelled_) return;
  const std::string what = "Reading " + job.file + " was stopped";
  if (shown_.notice)
    shown_.notice =
        viz::Notice{what, "R reads it again; Ctrl O or a drop opens another.", viz::Notice::Kind::told};
  else
    shown_.message = what + "; R reads it again.";
}

void ViewerSession::work(const Job& job) {
  const std::string name = std::filesystem::path(job.file).filename().string();
  std::error_code no_size;
  const auto bytes = std::filesystem::file_size(job.file, no_size);
  const auto reads = [&](std::size_t done, std::size_t events) {
    const float share = no_size || bytes == 0 ? -1 : static_cast<float>(done) / static_cast<float>(bytes);
    return tell({viz::Work::Kind::reading, name, events, events ? share : -1});
  };
  auto read = read_input(job.file, reads);
  if (!reads(0, 0)) return stopped(job);
  if (const auto* bad = std::get_if<InputError>(&read)) {
    if (!job.text) return fail(job, *bad);
    read = InputFile{job.file, std::filesystem::path(job.file).stem().string(), {}};
  }
  auto& input = std::get<InputFile>(read);
  if (job.text) input.text = *job.text;
  keep_source(job, input);
  auto opened = open_input(input, reads);
  if (!reads(0, 0)) return stopped(job);
  if (const auto* bad = std::get_if<InputError>(&opened)) return fail(job, *bad);
  if (const auto* trace = std::get_if<LoadedTrace>(&opened))
    return publish(job, trace->trace.store, trace->name, trace->trace.store->header().title);
  run_scenario(job, std::get<scenarios::Scenario>(opened));
}

/// What the editor starts from: the file's own text, also while an edited one runs.
void ViewerSession::keep_source(const Job& job, const InputFile& input) {
  if (job.text) return;
  source_.reset();
  if (is_trace(input)) return;
  source_ = std::make_shared<viz::SourceText>(
      viz::SourceText{input.text, input.from_library ? input.name + ".json" : job.file});
}

void ViewerSession::run_scenario(const Job& job, const scenarios::Scenario& scenario) {
  auto store = std::make_shared<traces::TraceStore>(header_of(scenario, scenario.loop.model));
  scenarios::Run run(scenario, {}, store.get(), {});
  publish(job, store, scenario.name, scenario.title);
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return store->finish();
    running_ = &run;
    work_ = viz::Work{viz::Work::Kind::running, scenario.name};
  }
  const scenarios::RunResult result = run.execute();
  store->finish();
  const std::lock_guard lock(mutex_);
  running_ = nullptr;
  work_.reset();
  if (!result.stopped) shown_.failure = result.error;
  if (!result.stopped || !cancelled_) return;
  shown_.failure = "stopped here, as you asked; R runs it again";
  shown_.message = scenario.name + " was stopped; R runs it again.";
}

/// A program that ran before stays in the window, with what is wrong now.
void ViewerSession::fail(const Job& job, const InputError& error) {
  auto problems = std::make_shared<std::vector<viz::TextProblem>>();
  for (const auto& p : error.problems) problems->push_back({p.line, p.column, p.message});
  const std::lock_guard lock(mutex_);
  work_.reset();
  shown_.problems = std::move(problems);
  shown_.source = source_;
  if (shown_file_ != job.file)
    shown_.notice = viz::Notice{std::filesystem::path(job.file).filename().string() + " cannot be shown",
                                error.text, viz::Notice::Kind::error};
}

void ViewerSession::publish(const Job& job, TracePtr store, std::string title, std::string subtitle) {
  const std::lock_guard lock(mutex_);
  shown_.run = {std::move(store), std::move(title), std::move(subtitle)};
  shown_.bookmarks = read_bookmarks(job.file);
  shown_.same_program = shown_file_ == job.file;
  shown_.source = source_;
  shown_.problems.reset();
  shown_.failure.clear();
  shown_.notice.reset();
  work_.reset();
  shown_file_ = job.file;
  ++shown_.generation;
}

}  // namespace loopscope::app
