using System.Xml.Linq;

namespace Orchestrator.Architecture.Tests.Model;

/// <summary>What a project file says it depends on.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    public ProjectFile(string path)
    {
        Path = path;
        _xml = XDocument.Load(path);
    }

    public string Path { get; }

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Name of its assembly: its own, unless it says otherwise.</summary>
    public string AssemblyName => (string?)_xml.Descendants("AssemblyName").FirstOrDefault() ?? Name;

    /// <summary>Names of the projects that it references.</summary>
    public IReadOnlyList<string> Projects => [.. Items("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))];

    /// <summary>Libraries that are embedded or upstream's, depending on the build.</summary>
    public IReadOnlyList<string> UpstreamLibraries => Items("UpstreamLibrary");

    public IReadOnlyList<string> Packages => Items("PackageReference");

    public IReadOnlyList<string> Frameworks => Items("FrameworkReference");

    /// <summary>Package references that carry a version of their own.</summary>
    public IReadOnlyList<string> PinnedPackages =>
        [.. _xml.Descendants("PackageReference").Where(e => e.Attribute("Version") is not null || e.Attribute("VersionOverride") is not null || e.Element("Version") is not null).Select(e => (string)e.Attribute("Include")!)];

    public override string ToString() => Name;

    private string[] Items(string kind) => [.. _xml.Descendants(kind).Select(e => (string?)e.Attribute("Include")).OfType<string>().SelectMany(include => include.Split(';'))];
}
