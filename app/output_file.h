#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace loopscope::app {

/// A file that appears whole or not at all: written beside its place, then renamed.
/// "-" is stdout.
class OutputFile final {
 public:
  explicit OutputFile(std::string path);
  ~OutputFile();  ///< drops the file unless commit() succeeded
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// False when it could not be opened or a write failed; `error()` says why.
  bool ok() const { return error_.empty(); }
  const std::string& error() const { return error_; }
  bool write(std::string_view bytes);
  /// Puts the file in place.
  bool commit();

 private:
  bool fail(const std::string& what);

  std::string path_, temporary_, error_;
  std::FILE* file_ = nullptr;
};

/// A trace file, written in place as it grows, so that a killed run leaves one that
/// opens. Refuses to write over `input`.
class TraceFile final {
 public:
  TraceFile(std::string path, const std::string& input);
  ~TraceFile();
  TraceFile(const TraceFile&) = delete;
  TraceFile& operator=(const TraceFile&) = delete;

  bool ok() const { return error_.empty(); }
  const std::string& error() const { return error_; }
  /// Appends and flushes.
  bool write(std::string_view bytes);

 private:
  std::string path_, error_;
  std::FILE* file_ = nullptr;
};

}  // namespace loopscope::app
