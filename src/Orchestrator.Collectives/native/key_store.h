#pragma once

#include <gloo/rendezvous/store.h>

#include "api.h"

namespace orch {

// Gloo's rendezvous store over the caller's keys.
class KeyStore final : public gloo::rendezvous::Store {
public:
    KeyStore(const orch_gloo_store& callbacks, std::chrono::milliseconds timeout);

    void set(const std::string& key, const std::vector<char>& value) override;
    std::vector<char> get(const std::string& key) override;
    void wait(const std::vector<std::string>& keys) override;
    void wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout) override;

private:
    std::vector<char> get(const std::string& key, std::chrono::milliseconds timeout);

    const orch_gloo_store callbacks_;
    const std::chrono::milliseconds timeout_;
};

}  // namespace orch
