#pragma once

#include <gloo/context.h>

#include <chrono>
#include <memory>

#include "api.h"
#include "work_queue.h"

namespace orch {

// Ranks that are all connected with each other, and the operations under way between them.
class GlooGroup final {
public:
    GlooGroup(const char* host, int rank, int size, std::chrono::milliseconds timeout, const orch_gloo_store& store, orch_gloo_done done);

    void allreduce(void* data, int64_t count, int type, int operation, void* call);
    void broadcast(void* data, int64_t count, int type, int root, void* call);
    void barrier(void* call);
    void abort();

private:
    template <typename Kind, typename... Arguments>
    void start(void* call, Arguments... arguments);

    const orch_gloo_done done_;
    const std::shared_ptr<gloo::Context> context_;
    uint32_t next_tag_ = 0;
    WorkQueue queue_;  // its threads use all of the above
};

}  // namespace orch
