using Microsoft.Playwright;
using Orchestrator.Coordinator.Tests.Support;

namespace Orchestrator.Coordinator.Tests.Page;

/// <summary>One browser for the tests of a class. Each page that it opens fails the test when a script of it does.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (!File.Exists(ChromiumFactAttribute.Chromium)) return;
        _playwright = await Playwright.CreateAsync();
        // Root, as in a container of a build, has no sandbox; what is looked at is our own page.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Chromium, Args = ["--no-sandbox"], Timeout = (float)RunningCoordinator.Patience.TotalMilliseconds });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a coordinator's page in a tab of its own, with nothing remembered.</summary>
    internal async Task<OpenPage> Open(RunningCoordinator coordinator, string view = "")
    {
        var context = await _browser!.NewContextAsync();
        context.SetDefaultTimeout((float)RunningCoordinator.Patience.TotalMilliseconds);
        var page = new OpenPage(context, await context.NewPageAsync());
        await page.Tab.GotoAsync(new Uri(coordinator.Http.BaseAddress!, "/#/" + view).AbsoluteUri);
        return page;
    }
}
