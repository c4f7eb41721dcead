using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Pools;

public sealed class WorkerPodTests
{
    private static readonly JsonObject Template = (JsonObject)JsonNode.Parse("""{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"worker"}],"restartPolicy":"Always"}}""")!;

    [Fact]
    public void Make_Template_GetsNameLabelsOwnerAndRunsOnce()
    {
        var before = Template.ToJsonString();
        var pod = Make(Template, [], new OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = "o", Uid = "u" });

        Assert.Equal(("Pod", "p-1", "Never"), ((string?)pod["kind"], (string?)pod["metadata"]!["name"], (string?)pod["spec"]!["restartPolicy"]));
        Assert.Equal("""{"a":"b","orchestrator.dev/installation":"team","orchestrator.dev/pool":"gpu"}""", pod["metadata"]!["labels"]!.ToJsonString());
        Assert.Equal("""[{"apiVersion":"v1","kind":"ConfigMap","name":"o","uid":"u"}]""", pod["metadata"]!["ownerReferences"]!.ToJsonString());
        Assert.Equal(before, Template.ToJsonString());
    }

    [Theory]
    [InlineData("""{}""", 1)]
    [InlineData("""{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"Exists"}]},{}]}}}}""", 2)]
    public void Make_NodesToAvoid_AreInEveryAlternative(string spec, int alternatives)
    {
        var pod = Make(new JsonObject { ["spec"] = JsonNode.Parse(spec) }, ["n1", "n2"], null);

        var terms = pod["spec"]!["affinity"]!["nodeAffinity"]!["requiredDuringSchedulingIgnoredDuringExecution"]!["nodeSelectorTerms"]!.AsArray();
        Assert.Equal(alternatives, terms.Count);
        Assert.All(terms, t => Assert.Equal("""{"key":"kubernetes.io/hostname","operator":"NotIn","values":["n1","n2"]}""", t!["matchExpressions"]!.AsArray()[^1]!.ToJsonString()));
    }

    private static JsonObject Make(JsonObject template, IReadOnlyList<string> avoid, OwnerReference? owner) => WorkerPod.Make(new WarmPoolSpec("gpu", "cuda", 1, template), "p-1", "team", owner, avoid);
}
