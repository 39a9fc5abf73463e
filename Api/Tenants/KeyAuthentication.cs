using System.Text.Encodings.Web;
using Colloquy.Hosting;
using Colloquy.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Colloquy.Tenants;

/// <summary>Checks <c>Authorization: Bearer {key}</c> with the tenant's key ring, at every request: a revoked key ends at
/// once.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, GrainCalls calls)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
            return AuthenticateResult.NoResult();
        if (header is not [{ } value] || !value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || value[Bearer.Length..].Trim() is not { Length: > 0 and <= ApiKey.LengthMax } text)
        {
            return AuthenticateResult.Fail("The credential is no bearer token.");
        }
        var key = ApiKey.Parse(text);
        CallerTenant.Set(key.Tenant); // only to have this key checked: what is set here ends with this method
        return await calls.Keys(key.Tenant)
            .Ask(keys => keys.Check(key.KeyId, key.SecretHash), Context.RequestAborted) is { } credential
            ? AuthenticateResult.Success(new(Caller.ToPrincipal(credential, SchemeName), SchemeName))
            : AuthenticateResult.Fail("The credential is not known, has expired or was revoked.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var wasShown = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = wasShown
            ? "Bearer realm=\"colloquy\", error=\"invalid_token\"" : "Bearer realm=\"colloquy\"";
        return ProblemWriter.Write(Context, new(
            ProblemCodes.Unauthenticated, wasShown
                ? "The key is not known here, has expired or was revoked."
                : "Send the header Authorization: Bearer <API key>."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemWriter.Write(Context, new(
        ProblemCodes.Forbidden, RouteRoles.For(Context) is { } roles ? $"The role {string.Join(" or ", roles)} is needed."
            : null));
}
