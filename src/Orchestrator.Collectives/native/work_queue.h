#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace orch {

// Threads that do what they are given in its order, each one thing at a time.
class WorkQueue final {
public:
    explicit WorkQueue(int threads);

    // Does first what was given before.
    ~WorkQueue();

    void add(std::function<void()> work);

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace orch
