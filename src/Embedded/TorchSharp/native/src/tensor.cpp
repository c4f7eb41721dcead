#include "ts.h"

#include <ATen/ops/from_blob.h>
#include <c10/core/DeviceType.h>

// Frees the handle, not necessarily the storage: views and the autograd graph may hold it.
TS_API void ts_tensor_free(at::Tensor* tensor) {
  delete tensor;
}

// Copies a handle: a second owner of the same tensor.
TS_API at::Tensor* ts_tensor_alias(const at::Tensor* tensor) {
  return ts::own(*tensor);
}

// Makes `tensor` be what `other` is; the handle stays the same, and so do the objects that hold it.
TS_API void ts_tensor_assign(at::Tensor* tensor, const at::Tensor* other) {
  *tensor = *other;
}

TS_API int64_t ts_tensor_dim(const at::Tensor* tensor) {
  return tensor->dim();
}

TS_API int64_t ts_tensor_numel(const at::Tensor* tensor) {
  return tensor->numel();
}

TS_API void ts_tensor_sizes(const at::Tensor* tensor, int64_t* sizes) {
  for (int64_t size : tensor->sizes()) *sizes++ = size;
}

TS_API int32_t ts_tensor_strides(const at::Tensor* tensor, int64_t* strides) {
  return ts::guarded([&] {
    for (int64_t stride : tensor->strides()) *strides++ = stride;
  });
}

TS_API int64_t ts_tensor_storage_offset(const at::Tensor* tensor) {
  return tensor->storage_offset();
}

TS_API int32_t ts_tensor_dtype(const at::Tensor* tensor) {
  return static_cast<int32_t>(tensor->scalar_type());
}

TS_API int32_t ts_tensor_device_type(const at::Tensor* tensor) {
  return static_cast<int32_t>(tensor->device().type());
}

TS_API int32_t ts_tensor_device_index(const at::Tensor* tensor) {
  return tensor->device().index();
}

TS_API int32_t ts_tensor_is_contiguous(const at::Tensor* tensor) {
  return tensor->is_contiguous();
}

TS_API int32_t ts_tensor_is_sparse(const at::Tensor* tensor) {
  return tensor->is_sparse();
}

// The address of the first element, or null with a message for a tensor without storage.
TS_API void* ts_tensor_data(const at::Tensor* tensor) {
  void* result = nullptr;
  ts::guarded([&] { result = tensor->data_ptr(); });
  return result;
}

// A tensor over the caller's memory; `release(context)` is called when nothing uses the storage any more.
TS_API at::Tensor* ts_tensor_from_blob(
    void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, void (*release)(void*), void* context) {
  at::Tensor* result = nullptr;
  ts::guarded([&] {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    result = ts::own(at::from_blob(data, at::IntArrayRef(sizes, dimensions), [=](void*) { release(context); }, options));
  });
  return result;
}
