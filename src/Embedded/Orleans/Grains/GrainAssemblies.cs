using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Finds the grain classes in everything that the program references.</summary>
internal static class GrainAssemblies
{
    public static IEnumerable<Type> GrainTypes() => Assemblies().SelectMany(TypesOf).Where(IsGrainClass).Distinct();

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrainBase).IsAssignableFrom(type);

    private static IEnumerable<Assembly> Assemblies()
    {
        var library = typeof(Grain).Assembly.GetName().Name!;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic));
        while (pending.TryDequeue(out var assembly))
        {
            if (!seen.Add(assembly.FullName!)) continue;
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(r => r.Name == library)) yield return assembly;
            foreach (var reference in references.Where(r => !IsFramework(r.Name!) && !seen.Contains(r.FullName)))
                if (TryLoad(reference) is { } loaded) pending.Enqueue(loaded);
        }
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "System" or "netstandard" or "mscorlib";

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null; // A reference that is not deployed, for instance of a test adapter.
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
