using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Runtime;

/// <summary>
/// Lets an emitted assembly use the internal types of others, so that grain interfaces need not be public. The runtime knows the attribute by its
/// name, and it must be defined in the assembly that carries it.
/// </summary>
internal static class AccessGrant
{
    private const string AttributeName = "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute";

    public static void Emit(AssemblyBuilder assembly, ModuleBuilder module, params ReadOnlySpan<Assembly> targets)
    {
        var builder = module.DefineType(AttributeName, TypeAttributes.NotPublic | TypeAttributes.Sealed, typeof(Attribute));
        var constructor = builder.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
        var attribute = builder.CreateType().GetConstructor([typeof(string)])!;
        foreach (var target in targets)
            assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [target.GetName().Name!]));
    }
}
