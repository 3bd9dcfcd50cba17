#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

/// Running programs and keeping files in tests.
namespace loopscope::testing_support {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// A folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "loopscope-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) names.push_back(entry.path().filename().string());
    return names;
  }

 private:
  std::filesystem::path path_;
};

struct ProcessResult {
  int exit_code = -1;   ///< 128 + n when a signal ended it
  std::string out, err;
};

/// A program that runs beside the test; its output goes to files in `folder`.
class Process {
 public:
  Process(const std::vector<std::string>& command, const TemporaryFolder& folder, const std::string& out_path = {})
      : out_(out_path.empty() ? (folder / "stdout.txt").string() : out_path), err_((folder / "stderr.txt").string()) {
    pid_ = ::fork();
    if (pid_ == 0) run_child(command);
  }
  ~Process() {
    if (pid_ > 0) { kill(9); wait(); }
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void kill(int signal) const { if (pid_ > 0) ::kill(pid_, signal); }

  ProcessResult wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, out_.starts_with("/dev/") ? "" : read_file(out_), read_file(err_)};
  }

 private:
  [[noreturn]] void run_child(const std::vector<std::string>& command) const {
    const auto redirect = [](const std::string& path, int to) {
      const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      if (fd >= 0) ::dup2(fd, to);
    };
    redirect(out_, 1);
    redirect(err_, 2);
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }

  std::string out_, err_;
  pid_t pid_ = -1;
};

inline ProcessResult run_process(const std::vector<std::string>& command, const std::string& out_path = {}) {
  const TemporaryFolder folder;
  return Process(command, folder, out_path).wait();
}

}  // namespace loopscope::testing_support
