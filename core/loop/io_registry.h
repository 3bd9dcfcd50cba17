#pragma once

#include <map>
#include <utility>

#include "core/loop/handle.h"
#include "core/world/world.h"

namespace loopscope {

/// Which handle runs when an fd becomes readable or writable. A reader and a writer of
/// one fd share an entry, as they share a key of CPython's selector (S62).
class IoRegistry {
 public:
  struct Entry {
    Ref<Handle> reader, writer;
    std::uint8_t mask() const {
      return static_cast<std::uint8_t>((reader ? kReadable : 0) | (writer ? kWritable : 0));
    }
    Ref<Handle>& at(std::uint8_t direction) { return direction == kReadable ? reader : writer; }
  };

  Entry& entry(Fd fd) { return entries_[fd]; }
  Entry* find(Fd fd) {
    const auto found = entries_.find(fd);
    return found == entries_.end() ? nullptr : &found->second;
  }
  void forget(Fd fd) { entries_.erase(fd); }
  std::uint8_t mask(Fd fd) {
    const Entry* entry = find(fd);
    return entry ? entry->mask() : std::uint8_t{0};
  }
  /// Lets go of all handles, which run no more.
  void clear() { const std::map<Fd, Entry> gone = std::exchange(entries_, {}); }

 private:
  std::map<Fd, Entry> entries_;
};

}  // namespace loopscope
