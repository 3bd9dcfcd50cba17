#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace loopscope::traces {

/// Keeps texts at places that never move. One thread adds; what `keep` returned may be
/// read from any thread that learnt of it by a release/acquire pair.
class TextArena {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {"", 0};
    if (text.size() > left_) grow(text.size());
    char* place = next_;
    std::memcpy(place, text.data(), text.size());
    next_ += text.size();
    left_ -= text.size();
    return {place, text.size()};
  }

 private:
  static constexpr std::size_t kBlock = 1 << 16;

  void grow(std::size_t need) {
    const std::size_t size = need > kBlock ? need : kBlock;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    next_ = blocks_.back().get();
    left_ = size;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace loopscope::traces
