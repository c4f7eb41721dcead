#include "ts.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

TS_API int32_t ts_grad_mode() {
  return c10::GradMode::is_enabled();
}

TS_API void ts_set_grad_mode(int32_t enabled) {
  c10::GradMode::set_enabled(enabled != 0);
}

TS_API void* ts_inference_mode_enter(int32_t enabled) {
  return new c10::InferenceMode(enabled != 0);
}

// Must be called on the thread that entered, in the reverse order.
TS_API void ts_inference_mode_exit(void* mode) {
  delete static_cast<c10::InferenceMode*>(mode);
}

TS_API int32_t ts_tensor_requires_grad(const at::Tensor* tensor) {
  return tensor->requires_grad();
}

TS_API int32_t ts_tensor_set_requires_grad(const at::Tensor* tensor, int32_t value) {
  return ts::guarded([&] { tensor->requires_grad_(value != 0); });
}

TS_API int32_t ts_tensor_is_leaf(const at::Tensor* tensor) {
  return tensor->is_leaf();
}

TS_API int32_t ts_tensor_retain_grad(const at::Tensor* tensor) {
  return ts::guarded([&] { tensor->retain_grad(); });
}

// Null, without an error, where there is no gradient.
TS_API int32_t ts_tensor_grad(const at::Tensor* tensor, at::Tensor** gradient) {
  return ts::guarded([&] { *gradient = ts::own(tensor->grad()); });
}

TS_API int32_t ts_tensor_set_grad(const at::Tensor* tensor, const at::Tensor* gradient) {
  return ts::guarded([&] {
    if (gradient) {
      TORCH_CHECK(gradient->sizes() == tensor->sizes(), "a gradient must have its tensor's shape ", tensor->sizes(), ", not ",
          gradient->sizes());
      TORCH_CHECK(gradient->scalar_type() == tensor->scalar_type(), "a gradient must have its tensor's type ",
          tensor->scalar_type(), ", not ", gradient->scalar_type());
      TORCH_CHECK(gradient->device() == tensor->device(), "a gradient must be on its tensor's device ", tensor->device());
    }
    tensor->mutable_grad() = gradient ? *gradient : at::Tensor();
  });
}

TS_API int32_t ts_backward(at::Tensor* const* tensors, int32_t count, at::Tensor* const* gradients, int32_t gradient_count,
    int32_t retain_graph, int32_t create_graph, at::Tensor* const* inputs, int32_t input_count) {
  return ts::guarded([&] {
    torch::autograd::backward(ts::gather(tensors, count), ts::gather(gradients, gradient_count), retain_graph != 0,
        create_graph != 0, ts::gather(inputs, input_count));
  });
}

// Writes input_count handles to `results`, null where an input is not used (an error unless allow_unused).
TS_API int32_t ts_grad(at::Tensor* const* outputs, int32_t count, at::Tensor* const* gradients, int32_t gradient_count,
    at::Tensor* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
    at::Tensor** results) {
  return ts::guarded([&] {
    auto found = torch::autograd::grad(ts::gather(outputs, count), ts::gather(inputs, input_count),
        ts::gather(gradients, gradient_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = ts::own(std::move(found[i]));
  });
}
