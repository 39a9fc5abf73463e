using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;

namespace Colloquy.Tenants;

/// <summary>What an operator does: tenants and their keys. The role was checked; from there each call acts for the tenant it
/// names.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        var tenants = routes.MapGroup("/admin/tenants").WithTags("Administration");
        tenants.MapPost("", Create).Describe("createTenant", "Creates a tenant.")
            .Answers<TenantView>(201).Refuses(ProblemCodes.TenantExists, ProblemCodes.InvalidValue)
            .Example(new CreateTenantRequest("acme", "Acme Pharma", "premium"));
        tenants.MapGet("/{id}", View).Describe("getTenant", "Shows a tenant.")
            .Answers<TenantView>(200).Refuses(ProblemCodes.TenantNotFound);
        tenants.MapPost("/{id}/keys", CreateKey)
            .Describe("createKey", "Makes an API key. Its secret is in this answer and nowhere else.")
            .Answers<CreatedKey>(201)
            .Refuses(ProblemCodes.TenantNotFound, ProblemCodes.KeyAlreadyShown, ProblemCodes.LimitReached,
                ProblemCodes.InvalidValue)
            .Example(new CreateKeyRequest("web application", [Roles.User], null));
        tenants.MapGet("/{id}/keys", ListKeys).Describe("listKeys", "Lists a tenant's keys, newest first, without their secrets.")
            .Answers<Page<KeyView>>(200).Refuses(ProblemCodes.TenantNotFound);
        tenants.MapDelete("/{id}/keys/{keyId}", RevokeKey)
            .Describe("revokeKey", "Revokes a key. Every request that begins after the answer is refused.")
            .Answers(204).Refuses(ProblemCodes.TenantNotFound, ProblemCodes.KeyNotFound);
    }

    private static async Task<IResult> Create(CreateTenantRequest body, OperationKey _, GrainCalls calls,
        CancellationToken cancellation)
    {
        if (body.Check() is { } problem)
            return problem;
        CallerTenant.Set(body.Id!);
        var result = await calls.Tenant(body.Id!).Ask(tenant => tenant.Create(body.ToCommand()), cancellation);
        return result.Status is TenantStatus.Created
            ? TypedResults.Created($"/v1/admin/tenants/{body.Id}", result.Tenant)
            : new Problem(ProblemCodes.TenantExists, "It was created with another name or plan.");
    }

    private static async Task<IResult> View(string id, GrainCalls calls, CancellationToken cancellation) =>
        await Find(id, calls, cancellation) is { } tenant ? TypedResults.Ok(tenant) : new Problem(ProblemCodes.TenantNotFound);

    private static async Task<IResult> CreateKey(
        string id, CreateKeyRequest body, OperationKey operation, GrainCalls calls, TimeProvider time,
            CancellationToken cancellation)
    {
        if (body.Check(id, time.GetUtcNow()) is { } problem)
            return problem;
        if (await Find(id, calls, cancellation) is null)
            return new Problem(ProblemCodes.TenantNotFound);
        CallerTenant.Set(id);
        // The id follows from the operation, so that a repeat meets the key that the first one made.
        var key = ApiKey.Make(id, $"k{OperationKey.Hash($"{id}\n{operation.Value}")[..15]}");
        var command = body.ToCommand(key);
        return await calls.Keys(id).Ask(keys => keys.Add(command), cancellation) switch
        {
            AddKeyStatus.Added => TypedResults.Created(
                $"/v1/admin/tenants/{id}/keys",
                    new CreatedKey(key.KeyId, key.Reveal(), command.Name, command.Roles, command.ExpiresAt)),
            AddKeyStatus.Exists =>
                new Problem(ProblemCodes.KeyAlreadyShown, $"It is '{key.KeyId}'; revoke it if its secret was lost."),
            _ => new Problem(ProblemCodes.LimitReached, "The tenant has as many keys as it may have; revoke one first."),
        };
    }

    private static async Task<IResult> ListKeys(string id, GrainCalls calls, CancellationToken cancellation)
    {
        if (await Find(id, calls, cancellation) is null)
            return new Problem(ProblemCodes.TenantNotFound);
        CallerTenant.Set(id);
        return TypedResults.Ok(new Page<KeyView>(await calls.Keys(id).Ask(keys => keys.List(), cancellation), null));
    }

    private static async Task<IResult> RevokeKey(string id, string keyId, GrainCalls calls, CancellationToken cancellation)
    {
        if (await Find(id, calls, cancellation) is null)
            return new Problem(ProblemCodes.TenantNotFound);
        CallerTenant.Set(id);
        return await calls.Keys(id).Ask(keys => keys.Revoke(keyId), cancellation)
            ? TypedResults.NoContent() : new Problem(ProblemCodes.KeyNotFound);
    }

    private static async Task<TenantView?> Find(string id, GrainCalls calls, CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return null;
        CallerTenant.Set(id);
        return await calls.Tenant(id).Ask(tenant => tenant.View(), cancellation);
    }
}
