namespace Colloquy.Tenants;

/// <summary>
/// Lets a call reach a grain of a tenant only from who acts for that tenant. Keys are made from checked credentials alone; this
/// is the second wall, for the day on which some code forgets that.
/// </summary>
internal sealed class TenantBoundary : IIncomingGrainCallFilter
{
    // Orleans names its own callers with these; what begins with the second and is no client is the silo.
    private const string ClientPrefix = "sys.client";
    private const string EnginePrefix = "sys.";
    private const string ObserverPrefix = "sys.observer"; // the embedded engine's word for an object of a client

    public Task Invoke(IIncomingGrainCallContext context)
    {
        // The grain itself, and not context.Grain: an enumeration is served by an extension that the engine lends to the grain.
        if (context.TargetContext.GrainInstance?.GetType().Assembly == typeof(TenantBoundary).Assembly && !IsWakeUp(context))
            Check(context);
        return context.Invoke();
    }

    /// <summary>Whether a call of this caller may reach a grain of this key.</summary>
    /// <param name="actsFor">The tenant that the call says it is for.</param>
    /// <param name="source">The caller, or null: somebody outside of the grains.</param>
    internal static bool Allows(string key, string? actsFor, GrainId? source)
    {
        var tenant = TenantKey.TenantOf(key);
        var caller = CallerOf(source);
        if (actsFor == TenantKey.System || caller == Caller.Engine)
            return true;
        if (tenant == TenantKey.System)
            return caller == Caller.Grain;
        if (actsFor is not null)
            return actsFor == tenant;
        return caller == Caller.Grain && TenantKey.TenantOf(source!.Value.Key.ToString()!) is var own
            && (own == tenant || own == TenantKey.System);
    }

    private static void Check(IIncomingGrainCallContext context)
    {
        var key = context.TargetId.Key.ToString()!;
        if (!Allows(key, CallerTenant.Current, context.SourceId))
            throw new ForeignTenantException(
                $"{context.InterfaceName}.{context.MethodName} on {context.TargetId}: the caller "
                + $"({context.SourceId?.ToString() ?? "a client"}) acts for {CallerTenant.Current ?? "no tenant it has named"}.");
    }

    // A reminder is the engine's call, and the embedded engine gives it no sender.
    private static bool IsWakeUp(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(IRemindable);

    private static Caller CallerOf(GrainId? source)
    {
        var type = source?.Type.ToString();
        return type is null || type.StartsWith(ClientPrefix, StringComparison.Ordinal)
                || type.StartsWith(ObserverPrefix, StringComparison.Ordinal) ? Caller.Client
            : type.StartsWith(EnginePrefix, StringComparison.Ordinal) ? Caller.Engine
            : Caller.Grain;
    }

    private enum Caller { Client, Grain, Engine }
}
