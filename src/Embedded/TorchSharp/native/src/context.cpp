#include "ts.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

TS_API const char* ts_version() {
  return TORCH_VERSION;
}

TS_API int32_t ts_get_num_threads() {
  return at::get_num_threads();
}

TS_API int32_t ts_set_num_threads(int32_t count) {
  return ts::guarded([&] {
    TORCH_CHECK(count > 0, "the number of threads must be positive, not ", count);
    at::set_num_threads(count);
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
