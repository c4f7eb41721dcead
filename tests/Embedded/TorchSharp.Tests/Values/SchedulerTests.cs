using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Tests.Values;

/// <summary>Learning rates over thirty steps against PyTorch's.</summary>
public sealed class SchedulerTests
{
    private static readonly (string Python, Func<Optimizer, lr_scheduler.LRScheduler> Make)[] Cases =
    [
        ("StepLR(o, 7, 0.3)", o => lr_scheduler.StepLR(o, 7, 0.3)),
        ("MultiStepLR(o, [3, 11, 20], 0.5)", o => lr_scheduler.MultiStepLR(o, [3, 11, 20], 0.5)),
        ("ExponentialLR(o, 0.9)", o => lr_scheduler.ExponentialLR(o, 0.9)),
        ("ConstantLR(o, 0.25, 6)", o => lr_scheduler.ConstantLR(o, 0.25, 6)),
        ("LinearLR(o, 0.1, 0.9, 12)", o => lr_scheduler.LinearLR(o, 0.1, 0.9, 12)),
        ("CosineAnnealingLR(o, 10, 0.01)", o => lr_scheduler.CosineAnnealingLR(o, 10, 0.01)),
        ("LambdaLR(o, lambda e: 0.8 ** e)", o => lr_scheduler.LambdaLR(o, epoch => Math.Pow(0.8, epoch))),
    ];

    [PythonTorchFact]
    public void Schedulers_ThirtySteps_GivePyTorchsRates()
    {
        var expected = PythonTorch.Run(
            "import warnings\nwarnings.simplefilter('ignore')\n" + string.Concat(Cases.Select((test, i) => $"""
            o = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
            s = torch.optim.lr_scheduler.{test.Python}
            r = []
            for _ in range(30):
                r.append(o.param_groups[0]['lr']); s.step()
            result['{i}'] = r

            """)));
        for (var i = 0; i < Cases.Length; i++) Close.To(expected[$"{i}"], Rates(Cases[i].Make), 1e-12);
    }

    [PythonTorchFact]
    public void ReduceLROnPlateau_MetricThatStalls_GivesPyTorchsRates()
    {
        double[] metrics = [5, 4, 4, 4.1, 3, 3, 3, 3, 3, 3, 2.9999, 3, 3, 3, 1, 1, 1, 1, 1];
        var expected = PythonTorch.Run($"""
            o = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
            s = torch.optim.lr_scheduler.ReduceLROnPlateau(o, patience=2, factor=0.3, cooldown=1)
            r = []
            for m in [{string.Join(",", metrics)}]:
                s.step(m); r.append(o.param_groups[0]['lr'])
            result['r'] = r
            """)["r"];
        using var parameter = nn.Parameter(zeros(1));
        using var optimizer = SGD([parameter], 0.5);
        var scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, patience: 2, factor: 0.3, cooldown: 1);
        Close.To(expected, [.. metrics.Select(metric =>
        {
            scheduler.step(metric);
            return optimizer.ParamGroups.Single().LearningRate;
        })], 1e-12);
    }

    private static double[] Rates(Func<Optimizer, lr_scheduler.LRScheduler> make)
    {
        using var parameter = nn.Parameter(zeros(1));
        using var optimizer = SGD([parameter], 0.5);
        var scheduler = make(optimizer);
        return [.. Enumerable.Range(0, 30).Select(_ =>
        {
            var rate = optimizer.ParamGroups.Single().LearningRate;
            scheduler.step();
            return rate;
        })];
    }
}
