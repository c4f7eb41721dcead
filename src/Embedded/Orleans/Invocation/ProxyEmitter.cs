using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Runtime;

/// <summary>Emits the class behind a grain interface: every method packs its arguments and hands them to <see cref="ProxyCalls"/>.</summary>
internal static class ProxyEmitter
{
    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<Type, Func<GrainReference>> Constructors = new();
    private static readonly Dictionary<Assembly, ModuleBuilder> Modules = [];

    /// <summary>Makes an unbound reference that implements <paramref name="interfaceType"/>.</summary>
    public static GrainReference CreateInstance(Type interfaceType) =>
        (Constructors.TryGetValue(interfaceType, out var constructor) ? constructor : Emit(interfaceType))();

    private static Func<GrainReference> Emit(Type interfaceType)
    {
        if (!interfaceType.IsInterface || !typeof(IAddressable).IsAssignableFrom(interfaceType))
            throw new ArgumentException($"{interfaceType} is not a grain interface: it must be an interface that extends IGrainWithStringKey or a sibling.");
        lock (Gate)
        {
            if (Constructors.TryGetValue(interfaceType, out var known)) return known;
            var type = EmitClass(interfaceType);
            var constructor = System.Linq.Expressions.Expression
                .Lambda<Func<GrainReference>>(System.Linq.Expressions.Expression.New(type)).Compile();
            return Constructors[interfaceType] = constructor;
        }
    }

    private static Type EmitClass(Type interfaceType)
    {
        var module = ModuleFor(interfaceType.Assembly);
        var builder = module.DefineType($"{interfaceType.FullName}.Proxy", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [interfaceType]);
        EmitConstructor(builder);
        var methods = InterfaceMethods(interfaceType).Select((m, i) => EmitMethod(builder, interfaceType, m, i)).ToList();
        var type = builder.CreateType();
        foreach (var (field, descriptor) in methods) type.GetField(field, BindingFlags.Static | BindingFlags.Public)!.SetValue(null, descriptor);
        return type;
    }

    private static IEnumerable<MethodInfo> InterfaceMethods(Type interfaceType) =>
        interfaceType.GetInterfaces().Prepend(interfaceType).SelectMany(i => i.GetMethods(BindingFlags.Instance | BindingFlags.Public)).Where(m => m.IsAbstract);

    private static void EmitConstructor(TypeBuilder type)
    {
        var baseConstructor = typeof(GrainReference).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!;
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, baseConstructor);
        il.Emit(OpCodes.Ret);
    }

    private static (string Field, object Descriptor) EmitMethod(TypeBuilder type, Type interfaceType, MethodInfo method, int index)
    {
        var (shape, result) = ShapeOf(interfaceType, method);
        var parameters = method.GetParameters().Select(p => p.ParameterType).ToArray();
        var tuple = ArgumentTuple.TypeOf(parameters.Where(p => p != typeof(CancellationToken)).ToArray());
        var descriptorType = (shape == nameof(ProxyCalls.Stream) ? typeof(StreamMethod<,,>) : typeof(GrainMethod<,,>)).MakeGenericType(interfaceType, tuple, result);
        var field = type.DefineField($"m{index}", descriptorType, FieldAttributes.Static | FieldAttributes.Public);

        var implementation = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}", MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot,
            method.ReturnType, parameters);
        var il = implementation.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, field);
        for (var i = 0; i < parameters.Length; i++)
            if (parameters[i] != typeof(CancellationToken)) il.Emit(OpCodes.Ldarg, (short)(i + 1));
        ArgumentTuple.EmitNew(il, tuple);
        EmitToken(il, Array.IndexOf(parameters, typeof(CancellationToken)));
        il.Emit(OpCodes.Call, typeof(ProxyCalls).GetMethod(shape)!.MakeGenericMethod(interfaceType, tuple, result));
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(implementation, method);
        return (field.Name, Activator.CreateInstance(descriptorType, interfaceType, method)!);
    }

    private static void EmitToken(ILGenerator il, int index)
    {
        if (index >= 0)
        {
            il.Emit(OpCodes.Ldarg, (short)(index + 1));
            return;
        }
        var none = il.DeclareLocal(typeof(CancellationToken));
        il.Emit(OpCodes.Ldloca, none);
        il.Emit(OpCodes.Initobj, typeof(CancellationToken));
        il.Emit(OpCodes.Ldloc, none);
    }

    /// <summary>The <see cref="ProxyCalls"/> method for a return type, and the type of the result.</summary>
    private static (string Shape, Type Result) ShapeOf(Type interfaceType, MethodInfo method)
    {
        string Where() => $"{interfaceType.FullName}.{method.Name}";
        if (method.IsGenericMethodDefinition) throw new NotSupportedException($"{Where()}: generic grain methods are not supported by the embedded build.");
        if (method.GetParameters().Any(p => p.ParameterType.IsByRef)) throw new NotSupportedException($"{Where()}: a grain method cannot have ref, in or out parameters.");
        var type = method.ReturnType;
        if (type == typeof(Task)) return (nameof(ProxyCalls.Task), typeof(NoResult));
        if (type == typeof(ValueTask)) return (nameof(ProxyCalls.ValueTask), typeof(NoResult));
        if (type == typeof(void)) return (nameof(ProxyCalls.Void), typeof(NoResult));
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition == typeof(Task<>)) return (nameof(ProxyCalls.TaskOf), type.GetGenericArguments()[0]);
        if (definition == typeof(ValueTask<>)) return (nameof(ProxyCalls.ValueTaskOf), type.GetGenericArguments()[0]);
        if (definition == typeof(IAsyncEnumerable<>)) return (nameof(ProxyCalls.Stream), type.GetGenericArguments()[0]);
        throw new NotSupportedException($"{Where()} returns {type}: grain methods return Task, ValueTask, Task<T>, ValueTask<T> or IAsyncEnumerable<T>.");
    }

    private static ModuleBuilder ModuleFor(Assembly interfaceAssembly)
    {
        if (Modules.TryGetValue(interfaceAssembly, out var module)) return module;
        var name = $"Orleans.Proxies.{interfaceAssembly.GetName().Name}";
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run);
        module = assembly.DefineDynamicModule(name);
        AccessGrant.Emit(assembly, module, interfaceAssembly, typeof(GrainReference).Assembly);
        return Modules[interfaceAssembly] = module;
    }
}
