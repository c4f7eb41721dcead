using OpenTelemetry.Exposition;

namespace OpenTelemetry.Exporter;

/// <summary>Answers scrapes: one collection at a time, and its page again for those that come while it is fresh.</summary>
internal sealed class ScrapeCache(Func<ExpositionFormat, byte[]> collect, TimeSpan lifetime, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ScrapePage?[] _pages = new ScrapePage?[Enum.GetValues<ExpositionFormat>().Length];

    public async ValueTask<ScrapePage> GetAsync(ExpositionFormat format, CancellationToken cancellationToken)
    {
        if (Fresh(format) is { } page) return page;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Fresh(format) is { } madeMeanwhile) return madeMeanwhile;
            var started = time.GetTimestamp();
            page = new ScrapePage(collect(format), started, time.GetUtcNow());
            Volatile.Write(ref _pages[(int)format], page);
            return page;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private ScrapePage? Fresh(ExpositionFormat format)
    {
        var page = Volatile.Read(ref _pages[(int)format]);
        return page is not null && time.GetElapsedTime(page.Started) < lifetime ? page : null;
    }
}
