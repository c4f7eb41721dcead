#include "ts.h"

#include <dlfcn.h>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

TS_API const char* ts_version() {
  return TORCH_VERSION;
}

TS_API int32_t ts_get_num_threads() {
  return at::get_num_threads();
}

// OpenBLAS in its variant with own threads, which distributions prefer, does not follow OpenMP's setting: two ranks of a machine would
// take each other's cores in every matrix product.
TS_API int32_t ts_set_num_threads(int32_t count) {
  return ts::guarded([&] {
    TORCH_CHECK(count > 0, "the number of threads must be positive, not ", count);
    at::set_num_threads(count);
    auto set_blas = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (set_blas) set_blas(count);
  });
}

TS_API int32_t ts_get_num_interop_threads() {
  return at::get_num_interop_threads();
}

TS_API int32_t ts_set_num_interop_threads(int32_t count) {
  return ts::guarded([&] {
    TORCH_CHECK(count > 0, "the number of threads must be positive, not ", count);
    at::set_num_interop_threads(count);
  });
}

TS_API int32_t ts_has_cuda() {
  return at::hasCUDA();
}
