using System.Collections.Immutable;
using Colloquy.Problems;

namespace Colloquy.Tenants;

/// <summary>What an operator says to create a tenant.</summary>
internal sealed record CreateTenantRequest(string? Id, string? Name, string? Plan)
{
    public static readonly string[] Plans = ["free", "premium", "enterprise"];

    public Problem? Check() => new Checks()
        .That(TenantKey.IsName(Id), "id", "1 to 64 of a-z, 0-9 and -, beginning with a letter or digit.")
        .Text(Name, "name", 120)
        .OneOf(Plan ?? "free", "plan", Plans)
        .Problem;

    public CreateTenant ToCommand() => new(Id!, Name!, Plan ?? "free");
}

/// <summary>What an operator says to create a key.</summary>
internal sealed record CreateKeyRequest(string? Name, string[]? Roles, DateTimeOffset? ExpiresAt)
{
    public Problem? Check(string tenant, DateTimeOffset now) => new Checks()
        .Text(Name, "name", 120)
        .That(Roles is { Length: > 0 } && Roles.All(role => Tenants.Roles.All.Contains(role)), "roles",
            $"At least one of {string.Join(", ", Tenants.Roles.All)}.")
        .That(tenant == TenantKey.Operator || Roles is null || !Roles.Contains(Tenants.Roles.Operator), "roles",
            "Only keys of the tenant 'operator' can have the role operator.")
        .That(ExpiresAt is null || ExpiresAt > now, "expiresAt", "An instant in the future.")
        .Problem;

    public AddKey ToCommand(ApiKey key) => new(
        key.KeyId, key.SecretHash, Name!, [.. Roles!.Distinct(StringComparer.Ordinal)], ExpiresAt?.ToUniversalTime());
}

/// <summary>A key at the one moment in which its secret is shown.</summary>
internal sealed record CreatedKey(string Id, string Key, string Name, ImmutableArray<string> Roles, DateTimeOffset? ExpiresAt);
