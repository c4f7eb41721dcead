#pragma once

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include "api.h"

namespace orch {

// libtorch's Gloo process group, with the two things that it lacks: an abort, and a call when an operation has ended.
class GlooGroup final {
public:
    GlooGroup(const char* host, int rank, int size, std::chrono::milliseconds timeout, const orch_c10d_store& store, orch_c10d_done done);
    ~GlooGroup();

    void allreduce(void* data, int64_t count, int type, int operation, void* call);
    void broadcast(void* data, int64_t count, int type, int root, void* call);
    void barrier(void* call);
    void abort();

private:
    class Backend;

    void notify(const c10::intrusive_ptr<c10d::Work>& work, void* call);

    c10::intrusive_ptr<Backend> backend_;
    const orch_c10d_done done_;
};

}  // namespace orch
