using System.Diagnostics;

namespace Colloquy.Conformance;

/// <summary>Says what a call brought with it.</summary>
[Alias("conformance.door")]
public interface IDoor : IGrainWithStringKey
{
    [Alias("look")]
    Task<string> Look();

    [Alias("lookThrough")]
    Task<string> LookThrough(string other);

    [Alias("change")]
    Task<string> Change(string tenant, string other);

    [Alias("echo")]
    Task<string> Echo(string text);

    [Alias("items")]
    IAsyncEnumerable<int> Items();

    [Alias("trace")]
    Task<string> Trace(string? next);
}

[GrainType("conformance-door")]
public sealed class DoorGrain : Grain, IDoor, IIncomingGrainCallFilter
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Of(this.GetPrimaryKeyString()).Say($"activated by {RequestContext.Get("tenant") ?? "nobody"}");
        return Task.CompletedTask;
    }

    public Task<string> Look() => Task.FromResult(string.Join(", ",
        RequestContext.Get("tenant") ?? "none",
        RequestContext.Get("filter") ?? "unseen",
        RequestContext.Get("source") ?? "client"));

    public Task<string> LookThrough(string other) => GrainFactory.GetGrain<IDoor>(other).Look();

    public async Task<string> Change(string tenant, string other)
    {
        RequestContext.Set("tenant", tenant);
        return await GrainFactory.GetGrain<IDoor>(other).Look();
    }

    public Task<string> Echo(string text) => Task.FromResult(text);

    public async IAsyncEnumerable<int> Items()
    {
        yield return 1;
        await Task.Yield();
        yield return 2;
    }

    public async Task<string> Trace(string? next)
    {
        var mine = Activity.Current?.TraceId.ToString() ?? "none";
        return next is null ? mine : $"{mine} {await GrainFactory.GetGrain<IDoor>(next).Trace(null)}";
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Result is "own filter")
            context.Result = "changed by the grain's own filter";
    }
}

/// <summary>Stands before every call: marks it, and refuses those that say so.</summary>
public sealed class DoorFilter(IGrainFactory grains) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(grains); // a filter may depend on what itself depends on the filters
        if (RequestContext.Get("tenant") is "banned")
            throw new UnauthorizedAccessException($"{context.TargetId} is closed.");
        if (context.InterfaceName == typeof(IDoor).FullName)
        {
            RequestContext.Set("filter", $"seen {context.MethodName} as {context.ImplementationMethod.DeclaringType!.Name}");
            if (context.SourceId is { } source && !source.Type.ToString()!.StartsWith("sys.", StringComparison.Ordinal))
                RequestContext.Set("source", source.Key.ToString()!);
            if (context.Request.GetArgumentCount() == 1 && context.Request.GetArgument(0) is "replace")
                context.Request.SetArgument(0, "replaced");
        }
        await context.Invoke();
        if (context.Result is "swap")
            context.Result = "swapped";
    }
}
