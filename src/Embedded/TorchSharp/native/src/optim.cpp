// Optimizer steps over all parameters in one call. The arithmetic and its order are PyTorch's single tensor loops, so that the
// bits agree; contiguous float and double parameters on the CPU take a fused pass over memory.
#include "ts.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>

namespace {

struct AdamOptions {
  double lr;
  double beta1;
  double beta2;
  double eps;
  double weight_decay;
  int32_t maximize;
  int32_t decoupled; // AdamW
};

struct RmsPropOptions {
  double lr;
  double alpha;
  double eps;
  double weight_decay;
  double momentum;
  int32_t maximize;
};

struct SgdOptions {
  double lr;
  double momentum;
  double dampening;
  double weight_decay;
  int32_t maximize;
  int32_t nesterov;
};

bool plain(const at::Tensor& tensor, const at::Tensor& like) {
  return tensor.device().is_cpu() && tensor.layout() == at::kStrided && tensor.is_contiguous() &&
      tensor.scalar_type() == like.scalar_type() && tensor.numel() == like.numel();
}

bool fusable(const at::Tensor& parameter, std::initializer_list<const at::Tensor*> others) {
  if (parameter.scalar_type() != at::kFloat && parameter.scalar_type() != at::kDouble) return false;
  if (!plain(parameter, parameter)) return false;
  for (auto* other : others)
    if (other && !plain(*other, parameter)) return false;
  return true;
}

struct AdamStep {
  double step_size;
  double root_of_correction;
};

AdamStep adam_step(const AdamOptions& options, int64_t step) {
  const double correction1 = 1 - std::pow(options.beta1, static_cast<double>(step));
  const double correction2 = 1 - std::pow(options.beta2, static_cast<double>(step));
  return {options.lr / correction1, std::sqrt(correction2)};
}

template <typename T>
void adam_fused(T* __restrict p, const T* __restrict g, T* __restrict m, T* __restrict v, T* __restrict vmax, int64_t count,
    const AdamOptions& options, const AdamStep& step) {
  const T beta1 = options.beta1, beta2 = options.beta2, rest1 = 1 - options.beta1, rest2 = 1 - options.beta2;
  const T eps = options.eps, root = step.root_of_correction, size = -step.step_size;
  const T sign = options.maximize ? -1 : 1;
  const T decay = options.decoupled ? 0 : options.weight_decay;
  const T shrink = options.decoupled ? 1 - options.lr * options.weight_decay : 1;
  for (int64_t i = 0; i < count; i++) {
    const T kept = p[i] * shrink;
    const T gradient = sign * g[i] + decay * kept;
    const T mean = m[i] * beta1 + rest1 * gradient;
    const T square = v[i] * beta2 + rest2 * gradient * gradient;
    m[i] = mean;
    v[i] = square;
    T largest = square;
    if (vmax) {
      largest = square > vmax[i] ? square : vmax[i];
      vmax[i] = largest;
    }
    p[i] = kept + size * mean / (std::sqrt(largest) / root + eps);
  }
}

void adam_general(at::Tensor& p, at::Tensor g, at::Tensor& m, at::Tensor& v, at::Tensor* vmax, const AdamOptions& options,
    const AdamStep& step) {
  if (options.maximize) g = -g;
  if (options.decoupled)
    p.mul_(1 - options.lr * options.weight_decay);
  else if (options.weight_decay != 0)
    g = g.add(p, options.weight_decay);
  m.mul_(options.beta1).add_(g, 1 - options.beta1);
  v.mul_(options.beta2).addcmul_(g, g, 1 - options.beta2);
  if (vmax) at::maximum_out(*vmax, *vmax, v);
  auto denominator = (vmax ? *vmax : v).sqrt().div_(step.root_of_correction).add_(options.eps);
  p.addcdiv_(m, denominator, -step.step_size);
}

void adam(at::Tensor& p, const at::Tensor& g, at::Tensor& m, at::Tensor& v, at::Tensor* vmax, const AdamOptions& options,
    const AdamStep& step) {
  if (!fusable(p, {&g, &m, &v, vmax})) return adam_general(p, g, m, v, vmax, options, step);
  if (p.scalar_type() == at::kFloat)
    adam_fused(p.data_ptr<float>(), g.data_ptr<float>(), m.data_ptr<float>(), v.data_ptr<float>(),
        vmax ? vmax->data_ptr<float>() : nullptr, p.numel(), options, step);
  else
    adam_fused(p.data_ptr<double>(), g.data_ptr<double>(), m.data_ptr<double>(), v.data_ptr<double>(),
        vmax ? vmax->data_ptr<double>() : nullptr, p.numel(), options, step);
  p.unsafeGetTensorImpl()->bump_version();
}

void sgd(at::Tensor& p, at::Tensor g, at::Tensor*& buffer, const SgdOptions& options) {
  if (options.maximize) g = -g;
  if (options.weight_decay != 0) g = g.add(p, options.weight_decay);
  if (options.momentum != 0) {
    if (buffer)
      buffer->mul_(options.momentum).add_(g, 1 - options.dampening);
    else
      buffer = ts::own(g.clone().detach());
    g = options.nesterov ? g.add(*buffer, options.momentum) : *buffer;
  }
  p.add_(g, -options.lr);
}

// `mean` where centered, `buffer` with momentum; null otherwise.
void rmsprop(at::Tensor& p, at::Tensor g, at::Tensor& square, at::Tensor* buffer, at::Tensor* mean, const RmsPropOptions& options) {
  if (options.maximize) g = -g;
  if (options.weight_decay != 0) g = g.add(p, options.weight_decay);
  square.mul_(options.alpha).addcmul_(g, g, 1 - options.alpha);
  if (mean) mean->mul_(options.alpha).add_(g, 1 - options.alpha);
  auto root = (mean ? square.addcmul(*mean, *mean, -1) : square).sqrt().add_(options.eps);
  if (buffer)
    p.add_(buffer->mul_(options.momentum).addcdiv_(g, root), -options.lr);
  else
    p.addcdiv_(g, root, -options.lr);
}

} // namespace

// Adam and AdamW. A parameter without a gradient is passed over; `steps` counts the updates of each. `max_squares` may be null
// (no AMSGrad).
TS_API int32_t ts_adam(int32_t count, at::Tensor* const* parameters, at::Tensor* const* means, at::Tensor* const* squares,
    at::Tensor* const* max_squares, int64_t* steps, const AdamOptions* options) {
  return ts::guarded([&] {
    c10::AutoGradMode no_grad(false);
    for (int32_t i = 0; i < count; i++) {
      const at::Tensor& gradient = parameters[i]->grad();
      if (!gradient.defined()) continue;
      steps[i]++;
      adam(*parameters[i], gradient, *means[i], *squares[i], max_squares ? max_squares[i] : nullptr, *options,
          adam_step(*options, steps[i]));
    }
  });
}

// SGD. `buffers` holds a momentum buffer per parameter, null before its first update; new ones are the caller's.
TS_API int32_t ts_sgd(int32_t count, at::Tensor* const* parameters, at::Tensor** buffers, const SgdOptions* options) {
  return ts::guarded([&] {
    c10::AutoGradMode no_grad(false);
    for (int32_t i = 0; i < count; i++) {
      const at::Tensor& gradient = parameters[i]->grad();
      if (gradient.defined()) sgd(*parameters[i], gradient, buffers[i], *options);
    }
  });
}

// RMSProp. `buffers` and `means` hold null where momentum or centering is off.
TS_API int32_t ts_rmsprop(int32_t count, at::Tensor* const* parameters, at::Tensor* const* squares, at::Tensor* const* buffers,
    at::Tensor* const* means, int64_t* steps, const RmsPropOptions* options) {
  return ts::guarded([&] {
    c10::AutoGradMode no_grad(false);
    for (int32_t i = 0; i < count; i++) {
      const at::Tensor& gradient = parameters[i]->grad();
      if (!gradient.defined()) continue;
      steps[i]++;
      rmsprop(*parameters[i], gradient, *squares[i], buffers[i], means[i], *options);
    }
  });
}

TS_API int32_t ts_zero_grad(int32_t count, at::Tensor* const* parameters, int32_t set_to_none) {
  return ts::guarded([&] {
    c10::AutoGradMode no_grad(false);
    for (int32_t i = 0; i < count; i++) {
      at::Tensor& gradient = parameters[i]->mutable_grad();
      if (!gradient.defined()) continue;
      if (set_to_none) {
        gradient.reset();
        continue;
      }
      if (gradient.requires_grad()) gradient = gradient.detach(); // after create_graph; not in place, for it may be a view
      gradient.zero_();
    }
  });
}
