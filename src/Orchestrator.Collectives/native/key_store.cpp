#include "key_store.h"

#include <algorithm>

namespace orch {

KeyStore::KeyStore(const orch_c10d_store& callbacks, std::chrono::milliseconds timeout)
    : c10d::Store(timeout), callbacks_(callbacks) {}

void KeyStore::set(const std::string& key, const std::vector<uint8_t>& value) {
    TORCH_CHECK(
        callbacks_.set(callbacks_.state, key.c_str(), value.data(), static_cast<int64_t>(value.size())),
        "rendezvous key '", key, "' could not be set");
}

std::vector<uint8_t> KeyStore::get(const std::string& key) {
    return get(key, getTimeout());
}

std::vector<uint8_t> KeyStore::get(const std::string& key, std::chrono::milliseconds timeout) {
    std::vector<uint8_t> value;
    const auto accept = [](void* sink, const uint8_t* data, int64_t length) {
        static_cast<std::vector<uint8_t>*>(sink)->assign(data, data + length);
    };
    TORCH_CHECK(
        callbacks_.get(callbacks_.state, key.c_str(), timeout.count(), &value, accept),
        "rendezvous key '", key, "' did not arrive within ", timeout.count(), " ms");
    return value;
}

void KeyStore::wait(const std::vector<std::string>& keys) {
    wait(keys, getTimeout());
}

void KeyStore::wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout) {
    // Gloo asks with its own default of minutes; the group's time-out is what the caller was promised.
    const auto limit = std::min(timeout, getTimeout());
    for (const auto& key : keys) {
        get(key, limit);
    }
}

int64_t KeyStore::add(const std::string&, int64_t) {
    TORCH_CHECK(false, "add is not part of Gloo's rendezvous");
}

bool KeyStore::deleteKey(const std::string&) {
    TORCH_CHECK(false, "deleteKey is not part of Gloo's rendezvous");
}

bool KeyStore::check(const std::vector<std::string>&) {
    TORCH_CHECK(false, "check is not part of Gloo's rendezvous");
}

int64_t KeyStore::getNumKeys() {
    TORCH_CHECK(false, "getNumKeys is not part of Gloo's rendezvous");
}

}  // namespace orch
