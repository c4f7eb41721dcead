using System.Text.Json;
using Orchestrator.Kubernetes.Model;
using Orchestrator.Kubernetes.Pools;

namespace Orchestrator.Kubernetes.Tests.Pools;

public sealed class PodReadingTests
{
    [Theory]
    [InlineData("""{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/4 nodes are available."}]}""", PodStage.Alive, "Unschedulable: 0/4 nodes are available.")]
    [InlineData("""{"phase":"Pending","containerStatuses":[{"name":"worker","state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image \"x\""}}}]}""", PodStage.Alive, "ImagePullBackOff: Back-off pulling image \"x\"")]
    [InlineData("""{"phase":"Pending","containerStatuses":[{"name":"worker","state":{"waiting":{"reason":"ContainerCreating"}}}]}""", PodStage.Alive, null)]
    [InlineData("""{"phase":"Failed","containerStatuses":[{"name":"worker","state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}""", PodStage.Failed, "OOMKilled: container worker ended with 137")]
    [InlineData("""{"phase":"Failed","reason":"UnexpectedAdmissionError","message":"Allocate failed due to no healthy devices"}""", PodStage.Failed, "UnexpectedAdmissionError: Allocate failed due to no healthy devices")]
    [InlineData("""{"phase":"Succeeded"}""", PodStage.Succeeded, null)]
    public void Of_Status_SaysStageAndTheClustersWords(string status, object stage, string? trouble)
    {
        var pod = JsonSerializer.Deserialize($$"""{"metadata":{"name":"p","labels":{"orchestrator.dev/pool":"gpu"} },"status":{{status}} }""", ModelJson.Of<Pod>())!;

        var view = PodReading.Of(pod, DateTimeOffset.UnixEpoch);

        Assert.Equal(("gpu", stage, trouble), (view.Pool, (object)view.Stage, view.Trouble));
    }

    [Theory]
    [InlineData("node.kubernetes.io/unreachable", "NoExecute", true)]
    [InlineData("node.kubernetes.io/unreachable", "NoSchedule", false)]
    [InlineData("node.kubernetes.io/unschedulable", "NoSchedule", false)]
    [InlineData("cloud.google.com/impending-node-termination", "NoSchedule", true)]
    [InlineData("team/reserved", "NoExecute", false)]
    public void LeavingNodes_Taint_CountsOnlyWhereItAnnouncesAnEnd(string key, string effect, bool leaves)
    {
        var node = new Node { Metadata = new ObjectMeta { Name = "n" }, Spec = new NodeSpec { Taints = [new Taint { Key = key, Effect = effect }] } };

        Assert.Equal(leaves, LeavingNodes.Of([node]).ContainsKey("n"));
    }
}
