#include "api.h"

#include <memory>

#include "gloo_group.h"

namespace {

thread_local std::string last_error;

// Runs `body`; turns an exception into Gloo's message and `failed`.
template <typename Result, typename Body>
Result guarded(Result failed, Body body) noexcept {
    try {
        return body();
    } catch (const std::exception& error) {
        last_error = error.what();
    } catch (...) {
        last_error = "an exception of unknown type";
    }
    return failed;
}

template <typename Body>
bool succeeded(Body body) noexcept {
    return guarded(false, [&] {
        body();
        return true;
    });
}

}  // namespace

const char* orch_gloo_error() {
    return last_error.c_str();
}

orch::GlooGroup* orch_gloo_create(
    const char* host, int32_t rank, int32_t size, int64_t timeout_ms, const orch_gloo_store* store, orch_gloo_done done) {
    return guarded(static_cast<orch::GlooGroup*>(nullptr), [&] {
        return std::make_unique<orch::GlooGroup>(host, rank, size, std::chrono::milliseconds(timeout_ms), *store, done).release();
    });
}

bool orch_gloo_allreduce(orch::GlooGroup* group, void* data, int64_t count, int32_t type, int32_t operation, void* call) {
    return succeeded([&] { group->allreduce(data, count, type, operation, call); });
}

bool orch_gloo_broadcast(orch::GlooGroup* group, void* data, int64_t count, int32_t type, int32_t root, void* call) {
    return succeeded([&] { group->broadcast(data, count, type, root, call); });
}

bool orch_gloo_barrier(orch::GlooGroup* group, void* call) {
    return succeeded([&] { group->barrier(call); });
}

void orch_gloo_abort(orch::GlooGroup* group) {
    succeeded([&] { group->abort(); });
}

void orch_gloo_destroy(orch::GlooGroup* group) {
    succeeded([&] { delete group; });
}
