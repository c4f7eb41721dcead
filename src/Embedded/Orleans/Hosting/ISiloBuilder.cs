using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

public interface ISiloBuilder
{
    IServiceCollection Services { get; }
    IConfiguration Configuration { get; }
}
