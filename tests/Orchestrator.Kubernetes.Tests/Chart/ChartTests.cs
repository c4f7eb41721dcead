using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Pools;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Kubernetes.Tests.Chart;

/// <summary>The Helm chart without a cluster.</summary>
public sealed partial class ChartTests
{
    internal static readonly string Chart = RepositoryRoot.At("helm/orchestrator");

    public static TheoryData<string> ValueFiles => [.. Directory.EnumerateFiles(Path.Combine(Chart, "ci"), "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void ValueFiles_AreAtLeastSix() => Assert.InRange(ValueFiles.Count, 6, int.MaxValue);

    [HelmTheory]
    [MemberData(nameof(ValueFiles))]
    public async Task Lint_Strict_FindsNothing(string values) => await KubernetesTools.Run(KubernetesTools.Helm, ["lint", "--strict", Chart, "-f", Path.Combine(Chart, "ci", values)]);

    [HelmTheory]
    [MemberData(nameof(ValueFiles))]
    public async Task Template_EachPod_IsRestricted(string values)
    {
        var pods = Pods(await Render(values)).ToList();

        Assert.NotEmpty(pods);
        foreach (var pod in pods)
        {
            Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
            Assert.Equal("RuntimeDefault", (string?)pod["securityContext"]!["seccompProfile"]!["type"]);
            foreach (var container in pod["containers"]!.AsArray())
            {
                var security = container!["securityContext"]!;
                Assert.Equal((false, true, "ALL"), ((bool)security["allowPrivilegeEscalation"]!, (bool)security["readOnlyRootFilesystem"]!, (string?)security["capabilities"]!["drop"]![0]));
                Assert.NotNull(container["resources"]);
            }
        }
    }

    [HelmTheory]
    [MemberData(nameof(ValueFiles))]
    public async Task Template_PoolsFile_IsReadByTheCoordinator(string values)
    {
        foreach (var map in (await Render(values)).Where(o => (string?)o["kind"] == "ConfigMap" && o["data"]?["pools.yaml"] is not null))
        {
            var (spec, faults) = PoolsFile.Parse(YamlJson.Parse((string)map["data"]!["pools.yaml"]!));
            Assert.Empty(faults);
            Assert.Equal((string?)map["metadata"]!["name"], spec!.Owner);
        }
    }

    [HelmTheory]
    [InlineData("pool=1", "additional properties 'pool'")]
    [InlineData("pools[0].name=a,pools[0].device=tpu,pools[0].max=1", "/pools/0/device")]
    [InlineData("coordinator.replicas=2", "needs coordinator.build: upstream")]
    [InlineData("redis.mode=external", "redis.existingSecret is needed")]
    [InlineData("nameOverride=Bad_Name", "must be 1 to 40")]
    [InlineData("otlp.endpoint=collector:4317", "/otlp/endpoint")]
    [InlineData("checkpoints.s3.url=http://minio/models", "/checkpoints/s3/url")]
    [InlineData("checkpoints.s3.secretKey=x", "additional properties 'secretKey'")]
    [InlineData("access.mode=none,access.oidc=x", "access.oidc: with access.mode: none")]
    [InlineData("otlp.protocol=zipkin", "/otlp/protocol")]
    [InlineData("redis.authority=x", "additional properties 'authority'")]
    public async Task Template_BadValues_SaysWhat(string set, string what)
    {
        var (code, _, error) = await KubernetesTools.TryRun(KubernetesTools.Helm, ["template", "orch", Chart, "--set", set]);

        Assert.NotEqual(0, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
    }

    [HelmTheory]
    [InlineData("gateway.networking.k8s.io/v1/BackendTLSPolicy", "gateway.networking.k8s.io/v1")]
    [InlineData("gateway.networking.k8s.io/v1alpha3/BackendTLSPolicy", "gateway.networking.k8s.io/v1alpha3")]
    [InlineData("gateway.networking.k8s.io/v1/BackendTLSPolicy,gateway.networking.k8s.io/v1alpha3/BackendTLSPolicy", "gateway.networking.k8s.io/v1")]
    public async Task Template_GatewayBeforeTls_SaysWhomItDials(string offered, string version)
    {
        var objects = await Render("monitored-values.yaml", offered);

        var policy = objects.Single(o => (string?)o["kind"] == "BackendTLSPolicy");
        Assert.Equal(version, (string?)policy["apiVersion"]);
        var target = policy["spec"]!["targetRefs"]![0]!;
        var service = objects.Single(o => (string?)o["kind"] == (string?)target["kind"] && (string?)o["metadata"]!["name"] == (string?)target["name"]);
        Assert.Contains(service["spec"]!["ports"]!.AsArray(), port => (string?)port!["name"] == (string?)target["sectionName"] && (long)port["port"]! == 7070);
        var authority = objects.Single(o => (string?)o["kind"] == "ConfigMap" && (string?)o["metadata"]!["name"] == (string?)policy["spec"]!["validation"]!["caCertificateRefs"]![0]!["name"]);
        using var root = X509Certificate2.CreateFromPem((string)authority["data"]!["ca.crt"]!);
        using var leaf = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(Convert.FromBase64String((string)objects.Single(o => (string?)o["metadata"]!["name"] == "orch-tls")["data"]!["tls.crt"]!)));
        Assert.Equal(root.Subject, leaf.Issuer);
        Assert.True(leaf.MatchesHostname((string)policy["spec"]!["validation"]!["hostname"]!));
    }

    [HelmTheory]
    [InlineData("access.mode=none", "gateway.networking.k8s.io/v1/BackendTLSPolicy")] // there is no TLS
    [InlineData("gateway.enabled=false", "gateway.networking.k8s.io/v1/BackendTLSPolicy")]
    [InlineData("gateway.enabled=true", "gateway.networking.k8s.io/v1/GRPCRoute")] // the cluster has no such kind
    public async Task Template_GatewayThatNeedsNone_HasNoPolicyOfTls(string set, string offered)
    {
        var objects = await Render("monitored-values.yaml", offered, "--set", set);

        Assert.DoesNotContain(objects, o => (string?)o["kind"] == "BackendTLSPolicy" || (string?)o["metadata"]!["name"] == "orch-ca");
    }

    [HelmTheory]
    [InlineData("team-ca", "team-ca")]
    [InlineData("", null)]
    public async Task Template_CertificateOfAnAuthorityOfOnesOwn_IsCheckedAgainstIt(string configMap, string? expected)
    {
        var objects = await Render("external-redis-values.yaml", "gateway.networking.k8s.io/v1/BackendTLSPolicy", "--set", $"gateway.authorityConfigMap={configMap}");

        var validation = objects.Single(o => (string?)o["kind"] == "BackendTLSPolicy")["spec"]!["validation"]!;
        Assert.Equal(expected, (string?)validation["caCertificateRefs"]?[0]?["name"]);
        Assert.Equal(expected is null ? "System" : null, (string?)validation["wellKnownCACertificates"]);
    }

    [HelmTheory]
    [InlineData("external-redis-values.yaml")]
    public async Task Template_RedisOfAnAuthorityOfOnesOwn_IsGivenItsFile(string values)
    {
        var pod = (await Render(values)).Single(o => (string?)o["kind"] == "StatefulSet")["spec"]!["template"]!["spec"]!;

        var container = pod["containers"]![0]!;
        var file = (string)container["env"]!.AsArray().Single(e => (string?)e!["name"] == "ORCH_METADATA_CA")!["value"]!;
        var mount = container["volumeMounts"]!.AsArray().Single(m => file.StartsWith((string)m!["mountPath"]! + "/", StringComparison.Ordinal))!;
        var secret = pod["volumes"]!.AsArray().Single(v => (string?)v!["name"] == (string?)mount["name"])!["secret"]!;
        Assert.Equal(("team-redis-ca", Path.GetFileName(file)), ((string?)secret["secretName"], (string?)secret["items"]![0]!["path"]));
    }

    [HelmTheory]
    [InlineData("external-redis-values.yaml")]
    public async Task Template_Oidc_IsAFileThatTheCoordinatorReads(string values)
    {
        var objects = await Render(values);

        var pod = objects.Single(o => (string?)o["kind"] == "StatefulSet")["spec"]!["template"]!["spec"]!;
        var arguments = pod["containers"]![0]!["args"]!.AsArray().Select(a => (string)a!).ToList();
        var file = arguments[arguments.IndexOf("--oidc") + 1];
        var mount = pod["containers"]![0]!["volumeMounts"]!.AsArray().Single(m => (string?)m!["mountPath"] == Path.GetDirectoryName(file))!;
        var map = (string?)pod["volumes"]!.AsArray().Single(v => (string?)v!["name"] == (string?)mount["name"])!["configMap"]!["name"];
        var text = (string)objects.Single(o => (string?)o["kind"] == "ConfigMap" && (string?)o["metadata"]!["name"] == map)["data"]![Path.GetFileName(file)]!;
        Assert.StartsWith("issuer=https://login.example/realms/research audience=orchestrator\ngroups=vision ", text, StringComparison.Ordinal);
    }

    [HelmTheory]
    [InlineData("monitored-values.yaml")]
    public async Task Template_Otlp_ReachesCoordinatorAndWorkersThroughTheirPolicies(string values)
    {
        var objects = await Render(values);

        var containers = Pods(objects).Select(pod => pod["containers"]![0]!).Where(c => (string?)c["name"] is "coordinator" or "worker").ToList();
        Assert.Equal(2, containers.Count);
        foreach (var environment in containers.Select(c => c["env"]!.AsArray().ToDictionary(e => (string)e!["name"]!, e => e!)))
        {
            Assert.Equal(("http://collector.monitoring:4317", "grpc"), ((string?)environment["OTEL_EXPORTER_OTLP_ENDPOINT"]["value"], (string?)environment["OTEL_EXPORTER_OTLP_PROTOCOL"]["value"]));
            Assert.Equal("collector-headers", (string?)environment["OTEL_EXPORTER_OTLP_HEADERS"]["valueFrom"]!["secretKeyRef"]!["name"]);
        }
        var open = objects.Where(o => (string?)o["kind"] == "NetworkPolicy" && (o["spec"]!["egress"]?.AsArray() ?? []).Any(rule => (long?)rule!["ports"]?[0]?["port"] == 4317)).Select(o => (string?)o["metadata"]!["name"]);
        Assert.Equal(["orch-coordinator", "orch-worker"], open.Order(StringComparer.Ordinal));
    }

    [HelmTheory]
    [InlineData("s3-values.yaml")]
    public async Task Template_Bucket_IsReachedByCoordinatorAndWorkersWithoutAVolume(string values)
    {
        var objects = await Render(values);

        var pods = Pods(objects).ToList();
        var containers = pods.Select(pod => pod["containers"]![0]!).Where(c => (string?)c["name"] is "coordinator" or "worker").ToList();
        Assert.Equal(2, containers.Count);
        foreach (var environment in containers.Select(c => c["env"]!.AsArray().ToDictionary(e => (string)e!["name"]!, e => e!)))
        {
            foreach (var name in (string[])["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
                Assert.Equal(("team-s3", name), ((string?)environment[name]["valueFrom"]!["secretKeyRef"]!["name"], (string?)environment[name]["valueFrom"]!["secretKeyRef"]!["key"]));
        }
        var arguments = containers.Single(c => (string?)c["name"] == "coordinator")["args"]!.AsArray().Select(a => (string)a!).ToList();
        Assert.Equal("s3://models/team-a?endpoint=http://minio.storage:9000", arguments[arguments.IndexOf("--checkpoints") + 1]);
        Assert.DoesNotContain(pods, pod => pod["volumes"]!.AsArray().Any(v => (string?)v!["name"] == "checkpoints"));
        Assert.DoesNotContain(objects, o => (string?)o["kind"] == "PersistentVolumeClaim" && (string?)o["metadata"]!["name"] == "orch-checkpoints");
        var open = objects.Where(o => (string?)o["kind"] == "NetworkPolicy" && (o["spec"]!["egress"]?.AsArray() ?? []).Any(rule => (long?)rule!["ports"]?[0]?["port"] == 9000)).Select(o => (string?)o["metadata"]!["name"]);
        Assert.Equal(["orch-coordinator", "orch-worker"], open.Order(StringComparer.Ordinal));
    }

    [HelmTheory]
    [InlineData("s3-values.yaml")]
    public async Task Template_BucketOfARole_IsReachedThroughServiceAccounts(string values)
    {
        var objects = await Render(
            values, "v1/Pod", "--set", "checkpoints.s3.existingSecret=,checkpoints.s3.endpoint=,checkpoints.s3.region=eu-west-1",
            "--set-string", "serviceAccount.annotations.role=a,serviceAccount.workerAnnotations.role=b");

        Assert.DoesNotContain("AWS_ACCESS_KEY_ID", string.Join('\n', objects.Select(o => o.ToJsonString())), StringComparison.Ordinal);
        var roles = objects.Where(o => (string?)o["kind"] == "ServiceAccount").ToDictionary(o => (string)o["metadata"]!["name"]!, o => (string?)o["metadata"]!["annotations"]?["role"]);
        Assert.Equal(("a", "b"), (roles["orch"], roles["orch-worker"]));
        var worker = objects.Single(o => (string?)o["kind"] == "NetworkPolicy" && (string?)o["metadata"]!["name"] == "orch-worker");
        Assert.Contains(worker["spec"]!["egress"]!.AsArray(), rule => (long?)rule!["ports"]![0]!["port"] == 443);
        Assert.Contains(worker["spec"]!["egress"]!.AsArray(), rule => (string?)rule!["to"]?[0]?["ipBlock"]?["cidr"] == "169.254.170.23/32");
    }

    [HelmTheory]
    [InlineData("resource.k8s.io/v1/ResourceClaim", true)] // 1.34
    [InlineData("resource.k8s.io/v1beta2/ResourceClaim", true)] // 1.33
    [InlineData("resource.k8s.io/v1beta1/ResourceClaim", true)] // 1.32
    [InlineData("resource.k8s.io/v1alpha2/ResourceClaim", false)] // until 1.30, with Pods of another form
    [InlineData("v1/Pod", false)]
    public async Task Template_DevicesByClaim_AreWhereTheyAreOffered(string offered, bool expected)
    {
        var pods = Pods(await Render("gpu-pools-values.yaml", offered)).Where(p => (string?)p["containers"]![0]!["name"] == "worker").ToList();

        var claiming = pods.Where(p => p["resourceClaims"] is not null || p["containers"]!.AsArray().Any(c => c!["resources"]?["claims"] is not null)).ToList();
        Assert.Equal(expected ? 1 : 0, claiming.Count);
        foreach (var pod in claiming)
        {
            Assert.Equal("one-gpu", (string?)pod["resourceClaims"]![0]!["resourceClaimTemplateName"]);
            Assert.Equal((string?)pod["resourceClaims"]![0]!["name"], (string?)pod["containers"]![0]!["resources"]!["claims"]![0]!["name"]);
        }
    }

    [HelmTheory]
    [InlineData("nvidia.com/mig-1g.10gb")]
    [InlineData("amd.com/gpu")]
    [InlineData("nvidia.com/gpu")] // where a pool of CUDA devices says nothing
    public async Task Template_DevicesByName_AreWhatThePoolSays(string device)
    {
        var limits = Pods(await Render("gpu-pools-values.yaml")).Select(p => p["containers"]![0]!["resources"]?["limits"]).OfType<JsonObject>();

        Assert.Contains(limits, l => l.ContainsKey(device));
    }

    [HelmTheory]
    [InlineData("upstream-redis-values.yaml")]
    public async Task Template_BundledRedis_IsWhereTheValuesSay(string values)
    {
        var pod = (await Render(values)).Single(o => (string?)o["kind"] == "StatefulSet")["spec"]!["template"]!["spec"]!;

        Assert.Equal(("system-cluster-critical", "ssd", "storage"), ((string?)pod["priorityClassName"], (string?)pod["nodeSelector"]!["disk"], (string?)pod["tolerations"]![0]!["key"]));
        Assert.NotNull(pod["affinity"]!["podAntiAffinity"]);
    }

    [Fact]
    public async Task Readme_Table_IsThatOfTheComments()
    {
        var (table, undocumented) = ValuesTable.Of(await File.ReadAllTextAsync(Path.Combine(Chart, "values.yaml")));
        Assert.Empty(undocumented);
        var path = Path.Combine(Chart, "README.md");
        var readme = await File.ReadAllTextAsync(path);
        var expected = Table().Replace(readme, m => m.Groups["begin"].Value + table + m.Groups["end"].Value);
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_UPDATE_DOCS") == "1") await File.WriteAllTextAsync(path, readme = expected);

        Assert.True(expected == readme, $"helm/orchestrator/README.md does not show the values as they are; ORCHESTRATOR_UPDATE_DOCS=1 dotnet test writes it:\n{table}");
    }

    private static async Task<IReadOnlyList<JsonNode>> Render(string values, string offered = "gateway.networking.k8s.io/v1/BackendTLSPolicy", params string[] more)
    {
        var yaml = await KubernetesTools.Run(
            KubernetesTools.Helm,
            ["template", "orch", Chart, "-f", Path.Combine(Chart, "ci", values), .. more, "--api-versions", $"monitoring.coreos.com/v1/ServiceMonitor,monitoring.coreos.com/v1/PrometheusRule,gateway.networking.k8s.io/v1/HTTPRoute,{offered}"]);
        return [.. Regex.Split(yaml, @"^---\s*$", RegexOptions.Multiline, TimeSpan.FromSeconds(10)).Select(YamlJson.Parse).OfType<JsonNode>()];
    }

    private static IEnumerable<JsonNode> Pods(IReadOnlyList<JsonNode> objects)
    {
        foreach (var item in objects)
        {
            if ((string?)item["kind"] == "Pod") yield return item["spec"]!;
            if (item["spec"]?["template"]?["spec"] is { } template) yield return template;
            if (item["data"]?["pools.yaml"] is not { } pools) continue;
            foreach (var pool in YamlJson.Parse((string)pools!)!["pools"]!.AsArray()) yield return pool!["template"]!["spec"]!;
        }
    }

    [GeneratedRegex(@"(?<begin><!-- values -->\n)[\s\S]*?(?<end><!-- end -->)", RegexOptions.ExplicitCapture)]
    private static partial Regex Table();
}
