// Any operator, by its schema's name, through libtorch's dispatcher: what TorchScript's interpreter does.
#include "ts.h"

#include <ATen/core/Generator.h>
#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>

#include <string>
#include <vector>

namespace {

using c10::IValue;
using c10::TypeKind;
using ts::Kind;
using ts::Value;

// What a parameter of the schema wants, worked out once.
struct Parameter {
  TypeKind kind;
  TypeKind element;
  bool optional;
  bool optional_elements;
  IValue fallback;
  bool required;
};

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Parameter> parameters;
};

Parameter describe(const c10::Argument& argument) {
  Parameter result{TypeKind::AnyType, TypeKind::AnyType, false, false, {}, !argument.default_value().has_value()};
  auto type = argument.type();
  if (type->kind() == TypeKind::OptionalType) {
    result.optional = true;
    type = type->containedType(0);
  }
  result.kind = type->kind();
  if (result.kind == TypeKind::ListType) {
    auto element = type->containedType(0);
    if (element->kind() == TypeKind::OptionalType) {
      result.optional_elements = true;
      element = element->containedType(0);
    }
    result.element = element->kind();
  }
  if (!result.required) result.fallback = *argument.default_value();
  return result;
}

template <typename To, typename From>
IValue list(const Value& value) {
  c10::List<To> result;
  result.reserve(value.count);
  auto items = static_cast<const From*>(value.pointer);
  for (int32_t i = 0; i < value.count; i++) result.push_back(static_cast<To>(items[i]));
  return result;
}

IValue tensors(const Value& value, bool optional_elements) {
  auto items = static_cast<at::Tensor* const*>(value.pointer);
  if (!optional_elements) {
    c10::List<at::Tensor> result;
    for (int32_t i = 0; i < value.count; i++) result.push_back(items[i] ? *items[i] : at::Tensor());
    return result;
  }
  c10::List<c10::optional<at::Tensor>> result;
  for (int32_t i = 0; i < value.count; i++)
    result.push_back(items[i] ? c10::optional<at::Tensor>(*items[i]) : c10::optional<at::Tensor>());
  return result;
}

IValue integer(const Value& value, const Parameter& parameter) {
  if (parameter.kind == TypeKind::FloatType) return static_cast<double>(value.integer);
  if (parameter.kind == TypeKind::BoolType) return value.integer != 0;
  if (parameter.kind == TypeKind::ListType) return c10::List<int64_t>({value.integer});
  return value.integer;
}

IValue convert(const Value& value, const Parameter& parameter, size_t position) {
  switch (value.kind) {
    case Kind::Default:
      TORCH_CHECK(!parameter.required, "argument ", position, " has no default");
      return parameter.fallback;
    case Kind::None:
      return parameter.kind == TypeKind::TensorType && !parameter.optional ? IValue(at::Tensor()) : IValue();
    case Kind::Tensor: return *static_cast<at::Tensor*>(value.pointer);
    case Kind::Int: return integer(value, parameter);
    case Kind::Double:
      TORCH_CHECK(parameter.kind == TypeKind::FloatType || parameter.kind == TypeKind::NumberType,
          "argument ", position, " must not be a floating point number");
      return value.real;
    case Kind::Bool: return value.integer != 0;
    case Kind::IntList:
      return parameter.element == TypeKind::FloatType ? list<double, int64_t>(value) : list<int64_t, int64_t>(value);
    case Kind::DoubleList: return list<double, double>(value);
    case Kind::TensorList: return tensors(value, parameter.optional_elements);
    case Kind::String: return std::string(static_cast<const char*>(value.pointer), value.count);
    case Kind::Device:
      return c10::Device(static_cast<c10::DeviceType>(value.integer / 256), static_cast<c10::DeviceIndex>(value.integer % 256 - 1));
    case Kind::Generator: return *static_cast<at::Generator*>(value.pointer);
  }
  TORCH_CHECK(false, "argument ", position, " is of an unknown kind");
}

void append(std::vector<Value>& results, const IValue& value) {
  Value result{Kind::None, 0, {0}};
  if (value.isTensor()) {
    result.kind = Kind::Tensor;
    result.pointer = ts::own(value.toTensor());
  } else if (value.isInt()) {
    result.kind = Kind::Int;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.kind = Kind::Double;
    result.real = value.toDouble();
  } else if (value.isBool()) {
    result.kind = Kind::Bool;
    result.integer = value.toBool();
  } else if (value.isTensorList()) {
    for (const at::Tensor& item : value.toTensorVector()) append(results, item);
    return;
  }
  results.push_back(result);
}

thread_local std::vector<Value> results;

} // namespace

// The operator `name` (such as "aten::add") with `overload` (such as "Tensor"). The handle lives as long as the process.
TS_API void* ts_operator(const char* name, const char* overload) {
  Operator* result = nullptr;
  ts::guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    auto found = std::make_unique<Operator>(Operator{handle, name, {}});
    for (const auto& argument : handle.schema().arguments()) found->parameters.push_back(describe(argument));
    result = found.release();
  });
  return result;
}

// Calls an operator. Arguments that are not given take the schema's defaults. Gives the number of results, and where they are
// until the next call on this thread; lists of tensors are flattened. The caller owns the tensors.
// With `in_place` the results, which alias an argument, are dropped.
TS_API int32_t ts_call(const void* op, const Value* arguments, int32_t count, int32_t in_place, const Value** out) {
  return ts::guarded([&] {
    const auto& target = *static_cast<const Operator*>(op);
    TORCH_CHECK(static_cast<size_t>(count) <= target.parameters.size(), target.name, " takes at most ",
        target.parameters.size(), " arguments, not ", count);
    torch::jit::Stack stack;
    stack.reserve(target.parameters.size());
    for (size_t i = 0; i < target.parameters.size(); i++)
      stack.push_back(convert(i < static_cast<size_t>(count) ? arguments[i] : Value{Kind::Default, 0, {0}}, target.parameters[i], i));
    target.handle.callBoxed(stack);
    results.clear();
    if (!in_place)
      for (const IValue& value : stack) append(results, value);
    *out = results.data();
  }) < 0 ? -1 : static_cast<int32_t>(results.size());
}
