// The C ABI between the managed library and libtorch.
//
// Every function that can fail returns a negative number (or null) and leaves libtorch's message for ts_last_error.
// A tensor crosses as `at::Tensor*`, owned by the managed side and released with ts_tensor_free.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <exception>

#define TS_API extern "C" __attribute__((visibility("default")))

namespace ts {

// What a Value holds. Mirrored by ValueKind on the managed side.
enum class Kind : int32_t {
  Default = 0, // the schema's default
  None = 1,
  Tensor = 2,
  Int = 3,
  Double = 4,
  Bool = 5,
  IntList = 6,
  DoubleList = 7,
  TensorList = 8,
  String = 9,
  Device = 10, // type * 256 + (index + 1)
  Generator = 11,
};

// An argument or a result. `count` is the length of what `pointer` points to.
struct Value {
  Kind kind;
  int32_t count;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};

void set_error(const char* message) noexcept;
void set_error_from_current_exception() noexcept;

template <typename F>
int guarded(F&& body) noexcept {
  try {
    body();
    return 0;
  } catch (...) {
    set_error_from_current_exception();
    return -1;
  }
}

inline at::Tensor* own(at::Tensor tensor) {
  return tensor.defined() ? new at::Tensor(std::move(tensor)) : nullptr;
}

inline std::vector<at::Tensor> gather(at::Tensor* const* tensors, int32_t count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (int32_t i = 0; i < count; i++) result.push_back(tensors[i] ? *tensors[i] : at::Tensor());
  return result;
}

} // namespace ts
