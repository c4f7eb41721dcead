#pragma once

#include <torch/csrc/distributed/c10d/Store.hpp>

#include "api.h"

namespace orch {

// c10d's rendezvous store over the caller's keys: what Gloo needs of it (set, get, wait) and no more.
class KeyStore final : public c10d::Store {
public:
    KeyStore(const orch_c10d_store& callbacks, std::chrono::milliseconds timeout);

    void set(const std::string& key, const std::vector<uint8_t>& value) override;
    std::vector<uint8_t> get(const std::string& key) override;
    void wait(const std::vector<std::string>& keys) override;
    void wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout) override;

    int64_t add(const std::string& key, int64_t value) override;
    bool deleteKey(const std::string& key) override;
    bool check(const std::vector<std::string>& keys) override;
    int64_t getNumKeys() override;

private:
    std::vector<uint8_t> get(const std::string& key, std::chrono::milliseconds timeout);

    const orch_c10d_store callbacks_;
};

}  // namespace orch
