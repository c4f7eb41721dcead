using Microsoft.Extensions.FileProviders;

namespace Orchestrator.Coordinator.Page;

/// <summary>
/// The web page at <c>/</c>: files in this assembly, the same for everybody, so they ask for no token. What they show comes from the REST API, which does.
/// </summary>
internal static class PageFiles
{
    /// <summary>Scripts, styles and requests from here alone, and no other page may frame it.</summary>
    internal const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UsePage(this WebApplication app)
    {
        var files = new EmbeddedFileProvider(typeof(PageFiles).Assembly, "Orchestrator.Coordinator.Page.Files");
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file =>
            {
                var headers = file.Context.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                // The next version's files have the same names.
                headers.CacheControl = "no-cache";
            },
        });
    }
}
