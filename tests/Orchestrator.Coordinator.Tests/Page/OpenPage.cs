using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Orchestrator.Coordinator.Tests.Page;

/// <summary>A tab with the page, and what its scripts did wrong.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = [];

    public OpenPage(IBrowserContext context, IPage tab)
    {
        (_context, Tab) = (context, tab);
        tab.PageError += (_, fault) => _faults.Enqueue(fault);
        // A refused token is no fault of a script, but the browser says it as one.
        tab.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal)) _faults.Enqueue(message.Text);
        };
    }

    public IPage Tab { get; }

    /// <summary>Waits until there is such an element, with such a text where one is given.</summary>
    public Task Shows(string selector, string? text = null) => Tab.Locator(selector, new() { HasTextString = text }).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>How many such elements there are now.</summary>
    public Task<int> Count(string selector) => Tab.Locator(selector).CountAsync();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_faults);
    }
}
