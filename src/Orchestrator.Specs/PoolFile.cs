using Orchestrator.Domain.Specs;
using Orchestrator.Specs.Keys;
using Orchestrator.Specs.Reading;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs;

/// <summary>Reads pool files: the queues of a deployment, in YAML (docs/placement.md).</summary>
public static class PoolFile
{
    /// <summary>Reads a pool file. Never throws for what the text holds.</summary>
    /// <returns>The pool, or null with every fault and its place.</returns>
    public static (PoolSpec? Pool, IReadOnlyList<SpecError> Errors) Parse(string text)
    {
        var findings = new Findings();
        PoolSpec? pool = null;
        if (YamlReader.Read(text, findings) is { } node)
        {
            if (node is YamlNode.Mapping map) pool = Read(new Section(map, "", PoolKeys.Root, findings));
            else findings.Error(node.Position, "", $"A pool file is a map with {string.Join(", ", PoolKeys.Root.Names)}, not {node.Describe()}.");
        }
        return (findings.Errors.Count == 0 ? pool : null, findings.SortedErrors());
    }

    private static PoolSpec Read(Section root)
    {
        var queues = new List<QueueSpec>();
        foreach (var section in PoolKeys.Queues.Read(root))
        {
            if (!section.Has(PoolKeys.Name)) section.Missing(PoolKeys.Name, "say how sweeps call it.");
            if (PoolKeys.Name.Read(section) is not { } name) continue;
            if (!PlacementReader.IsQueueName(name)) section.Error(PoolKeys.Name, PlacementReader.NoQueueName(name));
            if (queues.Exists(q => q.Name == name)) section.Error(PoolKeys.Name, $"there are two queues '{name}'.");
            queues.Add(new QueueSpec(name)
            {
                Weight = PoolKeys.Weight.Read(section) ?? 1,
                Class = (int)(PoolKeys.Class.Read(section) ?? 0),
                Quota = Devices(PoolKeys.Quota.Read(section)),
                Budget = Budget(PoolKeys.Budget.Read(section)),
            });
        }
        return new PoolSpec
        {
            Queues = queues,
            Capacity = Devices(PoolKeys.Capacity.Read(root)).ToDictionary(d => d.Key, d => (int)d.Value),
            Preemption = PoolKeys.Preemption.Read(root) ?? true,
        };
    }

    private static QueueBudgetSpec? Budget(Section? section)
    {
        if (section is null) return null;
        if (!section.Has(PoolKeys.DeviceHours)) section.Missing(PoolKeys.DeviceHours, "say how much may be used.");
        var every = PoolKeys.Every.Read(section);
        return PoolKeys.DeviceHours.Read(section) is { } hours ? new QueueBudgetSpec(hours, every) : null;
    }

    private static Dictionary<DeviceKind, double> Devices(Section? section)
    {
        var devices = new Dictionary<DeviceKind, double>();
        if (section is not null && PoolKeys.Cpu.Read(section) is { } cpu) devices[DeviceKind.Cpu] = cpu;
        if (section is not null && PoolKeys.Cuda.Read(section) is { } cuda) devices[DeviceKind.Cuda] = cuda;
        return devices;
    }
}
