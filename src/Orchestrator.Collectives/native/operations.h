#pragma once

#include <gloo/context.h>

#include <cstdint>
#include <memory>

namespace orch {

// One operation of a Gloo group: first all ranks compare what they are about to do, then they do it.
//
// Without the comparison a rank that asks for another length brings its neighbours down: Gloo throws on its own thread
// when more arrives than was asked for, and no one can catch that.
class Operation {
public:
    Operation(std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag, uint64_t fingerprint);
    virtual ~Operation() = default;

    void run();

protected:
    virtual void transfer() = 0;

    const std::shared_ptr<gloo::Context> context_;
    const uint32_t tag_;

private:
    void check() const;

    const uint32_t check_tag_;
    const uint64_t fingerprint_;
};

// The comparison is all that a barrier needs.
class Barrier final : public Operation {
public:
    Barrier(std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag);

protected:
    void transfer() override {}
};

class AllReduce final : public Operation {
public:
    AllReduce(
        std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag, void* data, int64_t count, int type, int operation);

protected:
    void transfer() override;

private:
    void* const data_;
    const int64_t count_;
    const int type_;
    const int operation_;
};

class Broadcast final : public Operation {
public:
    Broadcast(std::shared_ptr<gloo::Context> context, uint32_t check_tag, uint32_t tag, void* data, int64_t count, int type, int root);

protected:
    void transfer() override;

private:
    void* const data_;
    const int64_t count_;
    const int type_;
    const int root_;
};

}  // namespace orch
