using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orchestrator.Architecture.Tests.Model;

/// <summary>What a built assembly refers to, read from its metadata without loading it.</summary>
internal sealed class CompiledAssembly
{
    private CompiledAssembly(MetadataReader reader)
    {
        Assemblies = [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
        Types = [.. reader.TypeReferences.Select(handle => Name(reader, reader.GetTypeReference(handle)))];
        Members = [.. reader.MemberReferences.Select(reader.GetMemberReference).Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => $"{Name(reader, reader.GetTypeReference((TypeReferenceHandle)m.Parent))}.{reader.GetString(m.Name)}").Distinct()];
    }

    /// <summary>Names of the assemblies referred to.</summary>
    public IReadOnlyList<string> Assemblies { get; }

    /// <summary>Full names of the types referred to.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Members referred to, as <c>Namespace.Type.Member</c>.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>Reads an assembly of the product from the tests' output.</summary>
    public static CompiledAssembly Of(string project)
    {
        var assembly = Repository.Products.SingleOrDefault(p => p.Name == project)?.AssemblyName ?? project;
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        return new CompiledAssembly(file.GetMetadataReader());
    }

    private static string Name(MetadataReader reader, TypeReference type) => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
}
