#include "key_store.h"

#include <algorithm>
#include <stdexcept>

namespace orch {

KeyStore::KeyStore(const orch_gloo_store& callbacks, std::chrono::milliseconds timeout) : callbacks_(callbacks), timeout_(timeout) {}

void KeyStore::set(const std::string& key, const std::vector<char>& value) {
    const auto* data = reinterpret_cast<const uint8_t*>(value.data());
    if (!callbacks_.set(callbacks_.state, key.c_str(), data, static_cast<int64_t>(value.size()))) {
        throw std::runtime_error("rendezvous key '" + key + "' could not be set");
    }
}

std::vector<char> KeyStore::get(const std::string& key) {
    return get(key, timeout_);
}

std::vector<char> KeyStore::get(const std::string& key, std::chrono::milliseconds timeout) {
    std::vector<char> value;
    const auto accept = [](void* sink, const uint8_t* data, int64_t length) {
        static_cast<std::vector<char>*>(sink)->assign(data, data + length);
    };
    if (!callbacks_.get(callbacks_.state, key.c_str(), timeout.count(), &value, accept)) {
        throw std::runtime_error("rendezvous key '" + key + "' did not arrive within " + std::to_string(timeout.count()) + " ms");
    }
    return value;
}

void KeyStore::wait(const std::vector<std::string>& keys) {
    wait(keys, timeout_);
}

void KeyStore::wait(const std::vector<std::string>& keys, const std::chrono::milliseconds&) {
    // Gloo asks with the shorter time-out that it has while it connects; the group's is what the caller was promised.
    for (const auto& key : keys) {
        get(key, timeout_);
    }
}

}  // namespace orch
