#pragma once

#include <map>

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

 private:
  std::map<Fd, Entry> entries_;
};

}  // namespace loopscope
