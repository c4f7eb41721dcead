using System.Diagnostics.Metrics;
using System.Globalization;

namespace Orchestrator.Grains.Tests.Telemetry;

/// <summary>What the meters of one factory say, as a scrape would: sums of counters, and gauges as they are.</summary>
internal sealed class Scrape : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public Scrape(IMeterFactory meters)
    {
        // Tests run beside each other: each has its own factory.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>A metric's value, 0 where it has none.</summary>
    /// <param name="name">The instrument, and the value of its label where it has one: <c>orchestrator.trials running</c>.</param>
    public double this[string name]
    {
        get
        {
            _listener.RecordObservableInstruments();
            lock (_gate) return _values.GetValueOrDefault(name);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = tags.Length == 0 ? instrument.Name : string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {tags[0].Value}");
        lock (_gate) _values[name] = instrument.IsObservable ? value : _values.GetValueOrDefault(name) + value;
    }
}
