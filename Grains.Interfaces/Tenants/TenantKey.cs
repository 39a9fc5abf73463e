namespace Colloquy.Tenants;

/// <summary>
/// Spells grain keys and storage names: <c>{tenant}/{rest}</c>. Nothing else does, so that a tenant is always the first
/// segment, and no id can reach into another's.
/// </summary>
public static class TenantKey
{
    /// <summary>Begins the keys of grains that serve all tenants. No tenant can be named so: ids have no dollar sign.</summary>
    public const string System = "$system";

    /// <summary>The tenant of the first key: it can create the others.</summary>
    public const string Operator = "operator";

    /// <summary>The key of something that belongs to a tenant.</summary>
    /// <exception cref="ArgumentException">The id is empty or has a slash.</exception>
    public static string For(string tenant, string id) =>
        id.Length == 0 || id.Contains('/', StringComparison.Ordinal) || tenant.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{tenant}/{id}' is not a key.", nameof(id))
            : $"{tenant}/{id}";

    /// <summary>The tenant that a key begins with.</summary>
    public static string TenantOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? key : key[..slash];
    }

    /// <summary>What follows the tenant.</summary>
    public static string IdOf(string key) => key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether a text may name a tenant, an agent or a key: 1 to 64 of a-z, 0-9 and -, beginning with a letter or digit.</summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= 64 } && text[0] != '-' && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
