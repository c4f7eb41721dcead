// The C interface of liborchestrator_gloo: process groups over plain memory by Gloo (https://github.com/facebookincubator/gloo).
//
// It knows no tensor library, so that it lives beside any libtorch of the same process.
// Every function is safe to call from any thread unless it says otherwise. Functions that can fail return false (or null)
// and leave Gloo's message for orch_gloo_error() on the calling thread. No exception crosses this interface.
#pragma once

#include <cstdint>

// The error of an operation that differs from another rank's.
#define ORCH_GLOO_MISMATCH "mismatch"

#define ORCH_API extern "C" __attribute__((visibility("default")))

namespace orch {
class GlooGroup;
}

extern "C" {
// Rendezvous keys, kept by the caller, who is called back with `state`; used until orch_gloo_create returns.
struct orch_gloo_store {
    void* state;
    // Stores a copy of the value. Returns false if the group has failed.
    bool (*set)(void* state, const char* key, const uint8_t* value, int64_t length);
    // Waits for the key and hands its value to `sink`. Returns false if the group has failed or time is up.
    bool (*get)(void* state, const char* key, int64_t timeout_ms, void* sink, void (*accept)(void* sink, const uint8_t* value, int64_t length));
};

// Called once per started operation, on a thread of the group, when it no longer touches the caller's memory.
// `error` is null on success; it is valid during the call only.
typedef void (*orch_gloo_done)(void* call, const char* error);
}

// The last failure on this thread; never null.
ORCH_API const char* orch_gloo_error();

// Connects with the other ranks; blocks until connected, at most about timeout_ms.
// `host` is the address of this machine to listen on, and the one the other ranks connect to.
ORCH_API orch::GlooGroup* orch_gloo_create(
    const char* host, int32_t rank, int32_t size, int64_t timeout_ms, const orch_gloo_store* store, orch_gloo_done done);

// type: 0 float32, 1 float64. operation: 0 sum, 1 max, 2 min. One thread at a time may start operations.
ORCH_API bool orch_gloo_allreduce(orch::GlooGroup* group, void* data, int64_t count, int32_t type, int32_t operation, void* call);
ORCH_API bool orch_gloo_broadcast(orch::GlooGroup* group, void* data, int64_t count, int32_t type, int32_t root, void* call);
ORCH_API bool orch_gloo_barrier(orch::GlooGroup* group, void* call);

// Makes every started operation fail soon, here and on the ranks connected with this one.
ORCH_API void orch_gloo_abort(orch::GlooGroup* group);

// Waits for the started operations and closes the connections. Abort first unless all have ended.
// Not from within a `done` call.
ORCH_API void orch_gloo_destroy(orch::GlooGroup* group);
