#include "ts.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include <mutex>

namespace {

template <typename F>
int locked(at::Generator* generator, F&& body) noexcept {
  return ts::guarded([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    body();
  });
}

} // namespace

TS_API at::Generator* ts_generator_new(uint64_t seed) {
  at::Generator* result = nullptr;
  ts::guarded([&] { result = new at::Generator(at::detail::createCPUGenerator(seed)); });
  return result;
}

TS_API at::Generator* ts_generator_default() {
  at::Generator* result = nullptr;
  ts::guarded([&] { result = new at::Generator(at::detail::getDefaultCPUGenerator()); });
  return result;
}

TS_API void ts_generator_free(at::Generator* generator) {
  delete generator;
}

TS_API int32_t ts_generator_set_seed(at::Generator* generator, uint64_t seed) {
  return locked(generator, [&] { generator->set_current_seed(seed); });
}

TS_API int32_t ts_generator_initial_seed(at::Generator* generator, uint64_t* seed) {
  return locked(generator, [&] { *seed = generator->current_seed(); });
}

// Takes a seed from the system's entropy and gives it back.
TS_API int32_t ts_generator_random_seed(at::Generator* generator, uint64_t* seed) {
  return locked(generator, [&] { *seed = generator->seed(); });
}

TS_API at::Tensor* ts_generator_get_state(at::Generator* generator) {
  at::Tensor* result = nullptr;
  locked(generator, [&] { result = ts::own(generator->get_state()); });
  return result;
}

TS_API int32_t ts_generator_set_state(at::Generator* generator, const at::Tensor* state) {
  return locked(generator, [&] { generator->set_state(*state); });
}
