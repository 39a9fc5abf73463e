using System.Diagnostics.CodeAnalysis;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Memory;

/// <summary>A scope that was read and found to be one.</summary>
/// <param name="Kind"><c>user</c>, <c>session</c>, <c>agent</c> or <c>tenant</c>.</param>
/// <param name="Id">The key, session or agent; empty for the tenant.</param>
public sealed record MemoryScope(string Kind, string Id)
{
    /// <summary>Reads a scope as <see cref="MemoryScopes"/> spells it; nothing else is one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MemoryScope? scope)
    {
        scope = null;
        if (text is null)
            return false;
        if (text == MemoryScopes.Tenant)
            scope = new(text, "");
        else if (text.Split(':') is [var kind, var id] && (kind is "user" or "agent" ? TenantKey.IsName(id)
            : kind is "session" && SessionIds.IsSession(id)))
            scope = new(kind, id);
        return scope is not null;
    }

    public override string ToString() => Id.Length == 0 ? Kind : $"{Kind}:{Id}";
}
