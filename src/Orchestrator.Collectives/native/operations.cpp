#include "operations.h"

#include <gloo/allreduce.h>
#include <gloo/broadcast.h>

#include <array>
#include <stdexcept>

#include "api.h"

namespace orch {
namespace {

enum Kind { kAllReduce, kBroadcast, kBarrier };

// FNV-1a over what must be the same on every rank.
uint64_t fingerprint(Kind kind, int64_t count = 0, int type = 0, int detail = 0) {
    uint64_t hash = 0xcbf29ce484222325;
    for (const uint64_t part : {static_cast<uint64_t>(kind), static_cast<uint64_t>(count), static_cast<uint64_t>(type), static_cast<uint64_t>(detail)}) {
        for (int shift = 0; shift < 64; shift += 8) {
            hash = (hash ^ (part >> shift & 0xff)) * 0x100000001b3;
        }
    }
    return hash;
}

// Gloo's own max and min drop a NaN or keep it, depending on the order.
template <typename T, typename Combine>
void combine(void* result, const void* left, const void* right, size_t count) {
    auto* c = static_cast<T*>(result);
    const auto* a = static_cast<const T*>(left);
    const auto* b = static_cast<const T*>(right);
    for (size_t i = 0; i < count; i++) {
        c[i] = Combine()(a[i], b[i]);
    }
}

struct Sum {
    template <typename T>
    T operator()(T a, T b) const { return a + b; }
};

struct Max {
    template <typename T>
    T operator()(T a, T b) const { return a > b || a != a ? a : b; }
};

struct Min {
    template <typename T>
    T operator()(T a, T b) const { return a < b || a != a ? a : b; }
};

template <typename T>
gloo::AllreduceOptions::Func reduction(int operation) {
    static const std::array<gloo::AllreduceOptions::Func, 3> functions{combine<T, Sum>, combine<T, Max>, combine<T, Min>};
    return functions.at(operation);
}

}  // namespace

Operation::Operation(std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag, uint64_t fingerprint)
    : context_(std::move(context)), tag_(tag), check_tag_(check_tag), fingerprint_(fingerprint) {}

void Operation::run() {
    check();
    transfer();
}

void Operation::check() const {
    // The maximum of x and the maximum of ~x meet only if x is the same everywhere.
    std::array<uint64_t, 2> extremes{fingerprint_, ~fingerprint_};
    gloo::AllreduceOptions options(context_);
    options.setOutput(extremes.data(), extremes.size());
    options.setReduceFunction(combine<uint64_t, Max>);
    options.setTag(check_tag_);
    gloo::allreduce(options);
    if (extremes[0] != ~extremes[1]) {
        throw std::invalid_argument(ORCH_GLOO_MISMATCH);
    }
}

Barrier::Barrier(std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag)
    : Operation(std::move(context), check_tag, tag, fingerprint(kBarrier)) {}

AllReduce::AllReduce(
    std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag, void* data, int64_t count, int type, int operation)
    : Operation(std::move(context), check_tag, tag, fingerprint(kAllReduce, count, type, operation)),
      data_(data), count_(count), type_(type), operation_(operation) {}

void AllReduce::transfer() {
    gloo::AllreduceOptions options(context_);
    if (type_ == 0) {
        options.setOutput(static_cast<float*>(data_), count_);
        options.setReduceFunction(reduction<float>(operation_));
    } else {
        options.setOutput(static_cast<double*>(data_), count_);
        options.setReduceFunction(reduction<double>(operation_));
    }
    options.setTag(tag_);
    gloo::allreduce(options);
}

Broadcast::Broadcast(
    std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag, void* data, int64_t count, int type, int root)
    : Operation(std::move(context), check_tag, tag, fingerprint(kBroadcast, count, type, root)),
      data_(data), count_(count), type_(type), root_(root) {}

void Broadcast::transfer() {
    gloo::BroadcastOptions options(context_);
    if (type_ == 0) {
        options.setOutput(static_cast<float*>(data_), count_);
    } else {
        options.setOutput(static_cast<double*>(data_), count_);
    }
    options.setRoot(root_);
    options.setTag(tag_);
    gloo::broadcast(options);
}

}  // namespace orch
