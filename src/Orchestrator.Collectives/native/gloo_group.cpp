#include "gloo_group.h"

#include <gloo/transport/unbound_buffer.h>

#include <limits>

#include "key_store.h"
#include "operations.h"

namespace orch {
namespace {

// Gloo waits five times its time-out for the first connection of a pair (gloo/transport/tcp/pair.h, waitUntil).
constexpr int kConnectFactor = 5;

// Fails every pending operation of a context and closes its connections. Gloo has no such call, and Context::closeConnections
// leaves the operations waiting; a receive that times out does all of it, and this one waits for what nobody sends.
void fail(gloo::Context& context) {
    constexpr uint64_t kUnusedTag = std::numeric_limits<uint64_t>::max();
    char nothing = 0;
    const auto buffer = context.createUnboundBuffer(&nothing, sizeof(nothing));
    for (int peer = 0; peer < context.size; peer++) {
        if (peer == context.rank) {
            continue;
        }
        try {
            buffer->recv(peer, kUnusedTag);
            buffer->waitRecv(std::chrono::milliseconds(1));
        } catch (const gloo::Exception&) {
            // This connection had failed before, or the wait ended as it should and failed them all.
        }
    }
}

}  // namespace

class GlooGroup::Backend final : public c10d::ProcessGroupGloo {
public:
    using ProcessGroupGloo::ProcessGroupGloo;

    void setTimeout(std::chrono::milliseconds timeout) {
        for (const auto& context : contexts_) {
            context->setTimeout(timeout);
        }
    }

    // Ranks issue operations in the same order, so that the tags agree.
    template <typename Kind, typename... Arguments>
    c10::intrusive_ptr<c10d::Work> start(Arguments... arguments) {
        const auto check_tag = nextTag();
        const auto tag = nextTag();
        auto work = c10::make_intrusive<Kind>(getContext(tag), check_tag, tag, arguments...);
        enqueue(work);
        return work;
    }

    void abort() {
        for (const auto& context : contexts_) {
            fail(*context);
        }
    }
};

GlooGroup::GlooGroup(
    const char* host, int rank, int size, std::chrono::milliseconds timeout, const orch_c10d_store& store, orch_c10d_done done)
    : done_(done) {
    auto options = c10d::ProcessGroupGloo::Options::create(std::max(timeout / kConnectFactor, std::chrono::milliseconds(1)));
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(host));
    backend_ = c10::make_intrusive<Backend>(c10::make_intrusive<KeyStore>(store, timeout), rank, size, options);
    backend_->setTimeout(timeout);
}

GlooGroup::~GlooGroup() = default;

void GlooGroup::allreduce(void* data, int64_t count, int type, int operation, void* call) {
    notify(backend_->start<AllReduce>(data, count, type, operation), call);
}

void GlooGroup::broadcast(void* data, int64_t count, int type, int root, void* call) {
    notify(backend_->start<Broadcast>(data, count, type, root), call);
}

void GlooGroup::barrier(void* call) {
    notify(backend_->start<Barrier>(), call);
}

void GlooGroup::abort() {
    backend_->abort();
}

void GlooGroup::notify(const c10::intrusive_ptr<c10d::Work>& work, void* call) {
    work->getFuture()->addCallback([done = done_, call](c10::ivalue::Future& future) {
        if (future.hasError()) {
            done(call, future.tryRetrieveErrorMessage().c_str());
        } else {
            done(call, nullptr);
        }
    });
}

}  // namespace orch
