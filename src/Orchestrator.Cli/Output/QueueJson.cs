using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Output;

/// <summary>Queues as JSON.</summary>
internal static class QueueJson
{
    /// <summary>A queue with who waits in it.</summary>
    public static JsonObject Of(Queue queue) => new()
    {
        ["name"] = queue.Name,
        ["weight"] = queue.Weight,
        ["class"] = queue.Class,
        ["quota"] = Devices(queue.Quota),
        ["taken"] = Devices(queue.Taken),
        ["dominant_share"] = queue.DominantShare,
        ["budget"] = Budget(queue.Budget),
        ["waiting"] = new JsonArray([.. queue.Waiting.Select(Entry)]),
    };

    /// <summary>Where an experiment stands; null where it waits for nothing.</summary>
    public static JsonObject? Of(Waiting? waiting) => waiting is null ? null : new JsonObject
    {
        ["queue"] = waiting.Queue,
        ["position"] = waiting.Position,
        ["length"] = waiting.Length,
        ["since"] = waiting.Since.ToDateTimeOffset().ToString("O"),
        ["cause"] = waiting.Cause,
        ["text"] = waiting.Text,
    };

    private static JsonObject? Budget(QueueBudget? budget) => budget is null ? null : new JsonObject
    {
        ["device_hours"] = budget.DeviceHours,
        ["used_device_hours"] = budget.UsedDeviceHours,
        ["every"] = budget.Every.Length > 0 ? budget.Every : null,
        ["renews"] = budget.Renews.Length > 0 ? budget.Renews : null,
    };

    private static JsonObject Entry(QueueEntry entry) => new()
    {
        ["experiment"] = entry.Experiment,
        ["gangs"] = entry.Gangs,
        ["world_size"] = entry.WorldSize,
        ["priority"] = entry.Priority,
        ["why"] = Of(entry.Why),
    };

    private static JsonObject Devices(MapField<string, double> devices) =>
        new(devices.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
}
