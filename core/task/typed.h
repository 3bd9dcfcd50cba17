#pragma once

#include <cstddef>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/errors.h"
#include "core/task/future.h"

namespace loopscope {

/// A future, or task, that ends with a T: `co_await` gives that, and no AnyValue. In all else the Ref that
/// it is: its result() is an AnyValue.
template <class T, class Kind = Future>
class Typed : public Ref<Kind> {
 public:
  Typed(std::nullptr_t = nullptr) {}
  explicit Typed(Ref<Kind> future) : Ref<Kind>(std::move(future)) {}
};

namespace detail {

using List = std::vector<AnyValue>;

/// What a future holds, as a T: gather's list of results as a tuple or vector of them. TypeError when it
/// is none.
template <class T>
struct ResultAs {
  static T of(AnyValue value) { return std::move(value).template as<T>(); }
};
template <>
struct ResultAs<AnyValue> {
  static AnyValue of(AnyValue value) { return value; }
};
template <>
struct ResultAs<void> {
  static void of(const AnyValue&) {}
};
template <>
struct ResultAs<std::monostate> {
  static std::monostate of(const AnyValue&) { return {}; }
};
template <class T>
struct ResultAs<std::vector<T>> {
  static std::vector<T> of(AnyValue value) {
    const List* list = value.get_if<List>();
    if (!list) return std::move(value).template as<std::vector<T>>();
    std::vector<T> all;
    all.reserve(list->size());
    for (const AnyValue& one : *list) all.push_back(ResultAs<T>::of(one));
    return all;
  }
};
template <class... T>
struct ResultAs<std::tuple<T...>> {
  static std::tuple<T...> of(AnyValue value) {
    const List* list = value.get_if<List>();
    if (!list || list->size() != sizeof...(T)) return std::move(value).template as<std::tuple<T...>>();
    return each(*list, std::index_sequence_for<T...>());
  }
  template <std::size_t... I>
  static std::tuple<T...> each(const List& list, std::index_sequence<I...>) {
    return {ResultAs<T>::of(list[I])...};
  }
};

}  // namespace detail
}  // namespace loopscope
