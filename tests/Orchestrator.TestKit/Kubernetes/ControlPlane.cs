using System.Diagnostics;
using Xunit;

namespace Orchestrator.TestKit.Kubernetes;

/// <summary>
/// A real Kubernetes control plane on loopback, without kubelets: nothing runs in a Pod unless a test plays the kubelet. Where it can't be had,
/// it is not started, and tests that need it are skipped by <see cref="ControlPlaneFactAttribute"/>.
/// </summary>
public sealed class ControlPlane : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orch-cluster-").FullName;

    private string Run => At("run");

    /// <summary>The kubeconfig of the cluster's administrator.</summary>
    public string KubeConfig => Path.Combine(Run, "kubeconfig");

    /// <summary>The kubeconfig of a user who has no rights until RBAC gives some.</summary>
    public string UserKubeConfig => Path.Combine(Run, "user.kubeconfig");

    private Dictionary<string, string> Environment
    {
        get
        {
            var environment = new Dictionary<string, string> { ["K8S_RUN"] = Run, ["KUBECONFIG"] = KubeConfig };
            if (KubernetesTools.ControlPlane is { } programs) environment["K8S_BIN"] = programs;
            return environment;
        }
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (KubernetesTools.MissingControlPlane is not null) return;
        // Output goes to files: what it starts would otherwise keep the pipes open.
        await KubernetesTools.Run("/bin/bash", ["-c", $"exec '{KubernetesTools.At("up.sh")}' >'{At("up.log")}' 2>&1 || {{ cat '{At("up.log")}' >&2; exit 1; }}"], Environment);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (KubernetesTools.MissingControlPlane is null) await KubernetesTools.Run(KubernetesTools.At("down.sh"), ["--wipe"], Environment);
        Directory.Delete(_folder, recursive: true);
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>kubectl as the administrator.</summary>
    public Task<string> Kubectl(params string[] arguments) => KubernetesTools.Run(KubernetesTools.Kubectl, arguments, Environment);

    /// <summary>kubectl with something on its standard input.</summary>
    public Task<string> KubectlWith(string input, params string[] arguments) => KubernetesTools.Run(KubernetesTools.Kubectl, arguments, Environment, input);

    /// <summary>helm as the administrator.</summary>
    public Task<string> Helm(params string[] arguments) => KubernetesTools.Run(KubernetesTools.Helm, arguments, new Dictionary<string, string>(Environment)
    {
        ["HELM_CACHE_HOME"] = At("helm/cache"),
        ["HELM_CONFIG_HOME"] = At("helm/config"),
        ["HELM_DATA_HOME"] = At("helm/data"),
    });

    /// <summary>Makes a node by hand, with GPUs.</summary>
    public Task<string> AddNode(string name, int gpus, bool ready = true, params string[] labels) =>
        KubernetesTools.Run(KubernetesTools.At("fake-node.sh"), [name, $"{gpus}", ready ? "True" : "False", .. labels], Environment);

    /// <summary>Kills the API server and starts it again on its port, as a crash and its repair.</summary>
    public async Task RestartApiServer()
    {
        var recorded = await File.ReadAllLinesAsync(Path.Combine(Run, "pids"));
        var line = recorded.Single(l => l.EndsWith(" kube-apiserver", StringComparison.Ordinal));
        var id = int.Parse(line.Split(' ')[0]);
        var command = (await File.ReadAllTextAsync($"/proc/{id}/cmdline")).TrimEnd('\0').Split('\0');
        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }
        var quoted = string.Join(' ', command.Select(c => $"'{c}'"));
        var script = $"cd '{Run}/pki'; setsid {quoted} >>'{Run}/log/kube-apiserver.log' 2>&1 </dev/null & p=$!; echo \"$p $(awk '{{sub(/.*\\) /,\"\");print $20}}' /proc/$p/stat)\"";
        var started = (await KubernetesTools.Run("/bin/bash", ["-c", script], Environment)).Trim();
        await File.WriteAllLinesAsync(Path.Combine(Run, "pids"), recorded.Select(l => l == line ? $"{started} kube-apiserver" : l));
    }
}
