#include "ts.h"

#include <c10/util/Exception.h>

#include <string>

namespace {
thread_local std::string last_error;
}

namespace ts {

void set_error(const char* message) noexcept {
  try {
    last_error = message;
  } catch (...) {
    last_error.clear();
  }
}

void set_error_from_current_exception() noexcept {
  try {
    throw;
  } catch (const c10::Error& error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    set_error(error.what());
  } catch (...) {
    set_error("libtorch threw something that is not an exception");
  }
}

} // namespace ts

// The message of the last failed call on this thread; valid until the next one.
TS_API const char* ts_last_error() {
  return last_error.c_str();
}
