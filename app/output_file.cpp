#include "app/output_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace loopscope::app {
namespace {

std::string problem(const std::string& path, const std::string& what) {
  return (path == "-" ? "stdout" : path) + ": error: " + what + ": " + std::strerror(errno) + "\n";
}

}  // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  if (path_ == "-") {
    file_ = stdout;
    return;
  }
  std::error_code code;
  if (std::filesystem::is_directory(path_, code)) {
    error_ = path_ + ": error: is a directory; name a file in it\n";
    return;
  }
  // A device or pipe cannot be renamed over.
  if (std::filesystem::exists(path_, code) && !std::filesystem::is_regular_file(path_, code)) {
    file_ = std::fopen(path_.c_str(), "wb");
  } else {
    temporary_ = path_ + ".part" + std::to_string(::getpid());
    file_ = std::fopen(temporary_.c_str(), "wb");
  }
  if (!file_) {
    temporary_.clear();
    fail("cannot be written");
  }
}

OutputFile::~OutputFile() {
  if (file_ && file_ != stdout) std::fclose(file_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

bool OutputFile::fail(const std::string& what) {
  if (error_.empty()) error_ = problem(path_, what);
  return false;
}

bool OutputFile::write(std::string_view bytes) {
  if (!ok()) return false;
  return std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size() || fail("cannot be written");
}

bool OutputFile::commit() {
  if (!ok()) return false;
  if (file_ == stdout) return std::fflush(stdout) == 0 || fail("cannot be written");
  const bool closed = std::fclose(file_) == 0;
  file_ = nullptr;
  if (!closed) return fail("cannot be written");
  if (temporary_.empty()) return true;
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return fail("cannot be put in place");
  temporary_.clear();
  return true;
}

TraceFile::TraceFile(std::string path, const std::string& input) : path_(std::move(path)) {
  std::error_code code;
  if (path_ == input || std::filesystem::equivalent(path_, input, code)) {
    error_ = path_ + ": error: is the input; give --trace another file\n";
    return;
  }
  if (std::filesystem::is_directory(path_, code)) {
    error_ = path_ + ": error: is a directory; name a file in it\n";
    return;
  }
  file_ = std::fopen(path_.c_str(), "wb");
  if (!file_) error_ = problem(path_, "cannot be written");
}

TraceFile::~TraceFile() {
  if (file_) std::fclose(file_);
}

bool TraceFile::write(std::string_view bytes) {
  if (!ok()) return false;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size() && std::fflush(file_) == 0) return true;
  error_ = problem(path_, "cannot be written");
  return false;
}

}  // namespace loopscope::app
