#include "app/text_check.h"

#include <utility>

#include "app/input.h"

namespace loopscope::app {
namespace {

std::vector<viz::TextProblem> problems_of(const std::string& name, std::string text) {
  const InputFile input{name, name, std::move(text)};
  if (is_trace(input)) return {};
  const auto opened = open_input(input);
  std::vector<viz::TextProblem> problems;
  if (const auto* bad = std::get_if<InputError>(&opened))
    for (const auto& p : bad->problems) problems.push_back({p.line, p.column, p.message});
  return problems;
}

}  // namespace

TextCheck::~TextCheck() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  if (worker_.joinable()) worker_.join();
}

void TextCheck::ask(std::uint64_t revision, std::string name, std::string text) {
  const std::lock_guard lock(mutex_);
  asked_ = Asked{revision, std::move(name), std::move(text)};
  if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
  changed_.notify_all();
}

std::shared_ptr<const viz::CheckedText> TextCheck::checked() const {
  const std::lock_guard lock(mutex_);
  return checked_;
}

void TextCheck::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ends_ || asked_; });
    if (ends_) return;
    Asked asked = *std::exchange(asked_, std::nullopt);
    lock.unlock();
    auto found = std::make_shared<const viz::CheckedText>(
        viz::CheckedText{asked.revision, problems_of(asked.name, std::move(asked.text))});
    lock.lock();
    checked_ = std::move(found);
  }
}

}  // namespace loopscope::app
