#include "gloo_group.h"

#include <gloo/rendezvous/context.h>
#include <gloo/transport/tcp/device.h>
#include <gloo/transport/unbound_buffer.h>

#include <algorithm>
#include <limits>

#include "key_store.h"
#include "operations.h"

namespace orch {
namespace {

// As many operations as run at a time: while one waits for the slowest rank, another may go on.
constexpr int kThreads = 2;

// Gloo waits five times its time-out for the first connection of a pair (gloo/transport/tcp/pair.h, waitUntil).
constexpr int kConnectFactor = 5;

std::shared_ptr<gloo::Context> connect(
    const char* host, int rank, int size, std::chrono::milliseconds timeout, const orch_gloo_store& callbacks) {
    std::shared_ptr<gloo::transport::Device> device = gloo::transport::tcp::CreateDevice(host);
    KeyStore store(callbacks, timeout);
    auto context = std::make_shared<gloo::rendezvous::Context>(rank, size);
    context->setTimeout(std::max(timeout / kConnectFactor, std::chrono::milliseconds(1)));
    context->connectFullMesh(store, device);
    context->setTimeout(timeout);
    return context;
}

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

// Tells `done` how the operation ended.
void finish(Operation& operation, orch_gloo_done done, void* call) noexcept {
    try {
        operation.run();
    } catch (const std::exception& error) {
        done(call, error.what());
        return;
    }
    done(call, nullptr);
}

}  // namespace

GlooGroup::GlooGroup(
    const char* host, int rank, int size, std::chrono::milliseconds timeout, const orch_gloo_store& store, orch_gloo_done done)
    : done_(done), context_(connect(host, rank, size, timeout, store)), queue_(kThreads) {}

void GlooGroup::allreduce(void* data, int64_t count, int type, int operation, void* call) {
    start<AllReduce>(call, data, count, type, operation);
}

void GlooGroup::broadcast(void* data, int64_t count, int type, int root, void* call) {
    start<Broadcast>(call, data, count, type, root);
}

void GlooGroup::barrier(void* call) {
    start<Barrier>(call);
}

void GlooGroup::abort() {
    fail(*context_);
}

// Ranks issue operations in the same order, so that the tags agree.
template <typename Kind, typename... Arguments>
void GlooGroup::start(void* call, Arguments... arguments) {
    const auto check_tag = next_tag_++;
    const auto tag = next_tag_++;
    const auto operation = std::make_shared<Kind>(context_, check_tag, tag, arguments...);
    queue_.add([operation, done = done_, call] { finish(*operation, done, call); });
}

}  // namespace orch
