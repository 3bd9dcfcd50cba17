#include "app/file_watch.h"

#include <sys/stat.h>
#include <utility>

namespace loopscope::app {

FileWatch::FileWatch(std::string path) : path_(std::move(path)), known_(stamp(path_)), seen_(known_) {}

FileWatch::Stamp FileWatch::stamp(const std::string& path) {
  struct stat now {};
  if (::stat(path.c_str(), &now) != 0) return {};
  return {now.st_mtim.tv_sec, now.st_mtim.tv_nsec, now.st_size, now.st_ino};
}

bool FileWatch::changed() {
  if (path_.empty()) return false;
  const Stamp now = stamp(path_), before = std::exchange(seen_, now);
  if (now == known_ || now != before || now.size == 0) return false;
  known_ = now;
  return true;
}

}  // namespace loopscope::app
