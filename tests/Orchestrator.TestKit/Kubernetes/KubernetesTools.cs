using System.Diagnostics;
using Orchestrator.TestKit.Files;

namespace Orchestrator.TestKit.Kubernetes;

/// <summary>helm, kubectl and the programs of a control plane, as <c>eng/kubernetes-tools</c> leaves them.</summary>
public static class KubernetesTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Folder = RepositoryRoot.At("artifacts/tools/kubernetes");
    private static readonly string Shared = RepositoryRoot.At("../shared/tools/k8s");

    /// <summary>Why helm and kubectl are missing; null: they are here.</summary>
    public static string? MissingTools => File.Exists(Helm) && File.Exists(Kubectl) ? null : "Needs helm and kubectl: eng/kubernetes-tools gets them from npm.";

    /// <summary>Why there can be no control plane; null: there can.</summary>
    public static string? MissingControlPlane
    {
        get
        {
            if (!File.Exists(At("up.sh"))) return "Needs a Kubernetes control plane: ../shared/tools/k8s is not beside the repository.";
            if (!File.Exists("/usr/bin/etcd")) return "Needs etcd: eng/setup --test installs it (Debian's package etcd-server).";
            return MissingTools;
        }
    }

    /// <summary>The path of helm.</summary>
    public static string Helm { get; } = Path.Combine(Folder, "helm");

    /// <summary>The path of kubectl.</summary>
    public static string Kubectl { get; } = Path.Combine(Folder, "kubectl");

    /// <summary>The folder with the control plane's programs, unpacked; up.sh unpacks them itself where there is none.</summary>
    internal static string? ControlPlane => Directory.Exists(Path.Combine(Folder, "control-plane")) ? Path.Combine(Folder, "control-plane") : null;

    internal static string At(string script) => Path.Combine(Shared, script);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static async Task<string> Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var (code, output, error) = await TryRun(program, arguments, environment, input);
        return code == 0 ? output : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {code}:\n{error}\n{output}");
    }

    /// <summary>Runs a program to its end, which may be a failure.</summary>
    public static async Task<(int Code, string Output, string Error)> TryRun(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = $"{Folder}:{start.Environment["PATH"]}";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output.WaitAsync(Patience), await error.WaitAsync(Patience));
    }
}
