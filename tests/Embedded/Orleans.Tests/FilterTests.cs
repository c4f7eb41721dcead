using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Tests.Support;

namespace Orleans.Tests;

public sealed class FilterTests
{
    internal interface IFiltered : IGrainWithStringKey
    {
        Task<int> Double(int value);
        Task<string?> Context(string key);
        Task Fail();
    }

    internal sealed class FilteredGrain : Grain, IFiltered
    {
        public Task<int> Double(int value) => Task.FromResult(2 * value);
        public Task<string?> Context(string key) => Task.FromResult((string?)RequestContext.Get(key));
        public Task Fail() => throw new InvalidOperationException("failed");
    }

    internal interface ISelfFiltering : IGrainWithStringKey
    {
        Task<int> Echo(int value);
    }

    internal sealed class SelfFilteringGrain : Grain, ISelfFiltering, IIncomingGrainCallFilter
    {
        public Task<int> Echo(int value) => Task.FromResult(value);

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            context.Result = (int)context.Result! + 1000;
        }
    }

    /// <summary>A filter that needs the grain factory, which is made together with the silo.</summary>
    internal sealed class NeedsFactoryFilter(IGrainFactory grains) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            Assert.NotNull(grains);
            return context.Invoke();
        }
    }

    [Fact]
    public async Task IncomingFilters_SeeTheCallInOrder_AndMayChangeItsResult()
    {
        var seen = new List<string>();
        await using var silo = await TestSilo.StartAsync(b => b
            .AddIncomingGrainCallFilter<NeedsFactoryFilter>()
            .AddIncomingGrainCallFilter(async context =>
            {
                seen.Add($"{context.InterfaceMethod.Name} {context.TargetId} {context.ImplementationMethod.DeclaringType!.Name} {context.SourceId}");
                await context.Invoke();
                context.Result = (int)context.Result! + 1;
            })
            .AddIncomingGrainCallFilter(async context =>
            {
                await context.Invoke();
                seen.Add($"inner {context.Result}");
            }));

        Assert.Equal(15, await silo.Grains.GetGrain<IFiltered>("f").Double(7));
        Assert.Equal(["Double filtered/f FilteredGrain ", "inner 14"], seen);
    }

    [Fact]
    public async Task GrainThatIsAFilter_FiltersItsOwnCalls()
    {
        await using var silo = await TestSilo.StartAsync();

        Assert.Equal(1005, await silo.Grains.GetGrain<ISelfFiltering>("s").Echo(5));
    }

    [Fact]
    public async Task Filter_SeesTheExceptionOfTheGrain()
    {
        Exception? seen = null;
        await using var silo = await TestSilo.StartAsync(b => b.AddIncomingGrainCallFilter(async context =>
        {
            try
            {
                await context.Invoke();
            }
            catch (InvalidOperationException exception)
            {
                seen = exception;
                throw new NotSupportedException("translated", exception);
            }
        }));

        var error = await Assert.ThrowsAsync<NotSupportedException>(silo.Grains.GetGrain<IFiltered>("e").Fail);
        Assert.Same(seen, error.InnerException);
    }

    [Fact]
    public async Task OutgoingFilter_MayAnswerWithoutCalling_OrSendContextAlong()
    {
        await using var silo = await TestSilo.StartAsync(b => b.AddOutgoingGrainCallFilter(context =>
        {
            RequestContext.Set("who", "filter");
            if (context.MethodName != nameof(IFiltered.Double)) return context.Invoke();
            context.Result = -1;
            return Task.CompletedTask;
        }));
        var grain = silo.Grains.GetGrain<IFiltered>("o");

        Assert.Equal(-1, await grain.Double(7));
        Assert.Equal("filter", await grain.Context("who"));
    }
}
