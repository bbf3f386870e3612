// SourceList: sources that many source-model paths share without copying them.
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace oq::engine {

struct Source;

// Reads as a sequence of `const Source`. A copy costs nothing: it shares the elements, and the list
// itself until one of the two is changed. Not to be changed by several threads.
class SourceList {
public:
  using Pointer = std::shared_ptr<const Source>;

  class Iterator {
  public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Source;
    using difference_type = std::ptrdiff_t;
    using pointer = const Source*;
    using reference = const Source&;

    Iterator() = default;
    explicit Iterator(const Pointer* at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return at_->get(); }
    // The element itself, to be put into another list.
    const Pointer& shared() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    friend bool operator==(Iterator, Iterator) = default;

  private:
    const Pointer* at_ = nullptr;
  };

  Iterator begin() const { return Iterator(items_->data()); }
  Iterator end() const { return Iterator(items_->data() + items_->size()); }
  std::size_t size() const noexcept { return items_->size(); }
  bool empty() const noexcept { return items_->empty(); }
  // REQUIRES: index < size().
  const Source& operator[](std::size_t index) const { return *(*items_)[index]; }
  const Source& at(std::size_t index) const { return *items_->at(index); }
  const Source& front() const { return *items_->front(); }

  void push_back(Pointer source) { own().push_back(std::move(source)); }
  void push_back(Source source); // in source.hpp, where it is complete
  void replace(std::size_t index, Source source);

private:
  std::vector<Pointer>& own() {
    if (items_.use_count() > 1)
      items_ = std::make_shared<std::vector<Pointer>>(*items_);
    return *items_;
  }

  std::shared_ptr<std::vector<Pointer>> items_ = std::make_shared<std::vector<Pointer>>();
};

} // namespace oq::engine
