// libFuzzer's hooks for inputs that are scenarios: changes that keep them programs.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "tests/fuzz/program_mutator.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t room);

namespace {

std::size_t put(const std::string& text, std::uint8_t* data, std::size_t size, std::size_t room) {
  if (text.empty() || text.size() > room) return size;
  std::memcpy(data, text.data(), text.size());
  return text.size();
}

/// libFuzzer's own changes, to one statement.
std::string change_bytes(std::string text) {
  const std::size_t size = text.size();
  text.resize(size + 40);
  text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
  return text;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t room,
                                               unsigned seed) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  return put(loopscope::fuzz::ProgramMutator(seed, change_bytes).mutate(text), data, size, room);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* first, std::size_t first_size,
                                                 const std::uint8_t* second, std::size_t second_size,
                                                 std::uint8_t* out, std::size_t room, unsigned seed) {
  const std::string_view a(reinterpret_cast<const char*>(first), first_size);
  const std::string_view b(reinterpret_cast<const char*>(second), second_size);
  return put(loopscope::fuzz::ProgramMutator(seed, change_bytes).cross(a, b), out, 0, room);
}
