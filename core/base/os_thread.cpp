#include "core/base/os_thread.h"

#include <utility>

namespace loopscope {
namespace {

constexpr std::size_t kSpare = std::size_t{2} << 20;  // for what runs between two checks of a stack's end

}  // namespace

bool OsThread::start(std::size_t wanted, std::size_t least, Work work) {
  work_ = std::move(work);
  for (std::size_t size = wanted; size >= least; size /= 2)
    if (try_start(size)) return true;
  return false;
}

bool OsThread::try_start(std::size_t size) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, size);
  size_ = size;
  joinable_ = pthread_create(&thread_, &attributes, &OsThread::enter, this) == 0;
  pthread_attr_destroy(&attributes);
  return joinable_;
}

void OsThread::join() {
  if (std::exchange(joinable_, false)) pthread_join(thread_, nullptr);
}

void* OsThread::enter(void* self) {
  const auto& thread = *static_cast<OsThread*>(self);
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  thread.work_(here - thread.size_ + kSpare);
  return nullptr;
}

}  // namespace loopscope
