using System.Collections.Immutable;
using System.Security.Claims;

namespace Colloquy.Tenants;

/// <summary>Who makes this request: the checked credential. Endpoints take it as a parameter.</summary>
internal sealed record Caller(string Tenant, string KeyId, ImmutableArray<string> Roles)
{
    private const string TenantClaim = "tenant";
    private const string KeyClaim = "key";

    /// <summary>The caller, or null where nobody has shown a credential.</summary>
    public static Caller? Of(HttpContext context) => context.User.FindFirstValue(TenantClaim) is { } tenant
        ? new(tenant, context.User.FindFirstValue(KeyClaim)!, [.. context.User.FindAll(ClaimTypes.Role)
            .Select(role => role.Value)])
        : null;

    public static ValueTask<Caller> BindAsync(HttpContext context) => Of(context) is { } caller
        ? ValueTask.FromResult(caller)
        : throw new InvalidOperationException("An endpoint that wants a caller is open to everybody.");

    public static ClaimsPrincipal ToPrincipal(Credential credential, string scheme) => new(new ClaimsIdentity(
        [
            new(TenantClaim, credential.Tenant), new(KeyClaim, credential.KeyId),
            .. credential.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ],
        scheme));
}
