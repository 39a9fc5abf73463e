using System.Collections.Frozen;
using Colloquy.Problems;
using Microsoft.AspNetCore.Authorization;

namespace Colloquy.Tenants;

/// <summary>Which roles may call which route: all of it, in one table. A route that is not in it can be called by
/// nobody.</summary>
internal static class RouteRoles
{
    private static readonly string[] User = [Roles.User];
    private static readonly string[] Admin = [Roles.Admin];
    private static readonly string[] UserOrAdmin = [Roles.User, Roles.Admin];
    private static readonly string[] Operator = [Roles.Operator];

    private static readonly FrozenDictionary<string, string[]> Table = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["GET /v1/admin/tenants/{id}"] = Operator,
        ["POST /v1/admin/tenants"] = Operator,
        ["GET /v1/admin/tenants/{id}/keys"] = Operator,
        ["POST /v1/admin/tenants/{id}/keys"] = Operator,
        ["DELETE /v1/admin/tenants/{id}/keys/{keyId}"] = Operator,

        ["GET /v1/agents"] = UserOrAdmin,
        ["POST /v1/agents"] = Admin,
        ["POST /v1/agents/search"] = UserOrAdmin,
        ["POST /v1/agents/select"] = UserOrAdmin,
        ["POST /v1/agents/selection/evaluate"] = UserOrAdmin,
        ["GET /v1/agents/selection/ranker"] = UserOrAdmin,
        ["DELETE /v1/agents/selection/ranker"] = Admin,
        ["GET /v1/agents/{id}"] = UserOrAdmin,
        ["PATCH /v1/agents/{id}"] = Admin,
        ["DELETE /v1/agents/{id}"] = Admin,
        ["POST /v1/agents/{id}/publish"] = Admin,
        ["GET /v1/agents/{id}/versions"] = UserOrAdmin,
        ["POST /v1/agents/{id}/versions/{version}/publish"] = Admin,

        ["GET /v1/agents/{id}/calibration"] = UserOrAdmin,

        ["GET /v1/feedback"] = UserOrAdmin,
        ["POST /v1/feedback"] = UserOrAdmin,

        ["GET /v1/sessions"] = User,
        ["POST /v1/sessions"] = User,
        ["POST /v1/sessions/import"] = User,
        ["GET /v1/sessions/{id}"] = User,
        ["PATCH /v1/sessions/{id}"] = User,
        ["DELETE /v1/sessions/{id}"] = User,
        ["GET /v1/sessions/{id}/messages"] = User,
        ["POST /v1/sessions/{id}/messages"] = User,
        ["GET /v1/sessions/{id}/events"] = User,
        ["GET /v1/sessions/{id}/context"] = User,
        ["GET /v1/sessions/{id}/export"] = User,
        ["POST /v1/sessions/{id}/fork"] = User,

        ["GET /v1/runs/{id}"] = UserOrAdmin, // an admin begins ingests
        ["GET /v1/runs/{id}/events"] = UserOrAdmin,
        ["POST /v1/runs/{id}/cancel"] = UserOrAdmin,

        ["GET /v1/standing-panels"] = UserOrAdmin,
        ["POST /v1/standing-panels"] = Admin,
        ["GET /v1/standing-panels/{id}"] = UserOrAdmin,
        ["PATCH /v1/standing-panels/{id}"] = Admin,
        ["DELETE /v1/standing-panels/{id}"] = Admin,
        ["GET /v1/standing-panels/{id}/precedents"] = UserOrAdmin,
        ["GET /v1/standing-panels/{id}/record"] = UserOrAdmin,
        ["GET /v1/panels"] = User,
        ["POST /v1/panels"] = User,
        ["GET /v1/panels/protocols"] = UserOrAdmin,
        ["GET /v1/panels/{id}"] = User,
        ["DELETE /v1/panels/{id}"] = User,
        ["GET /v1/panels/{id}/events"] = User,
        ["GET /v1/panels/{id}/seats/{seat}"] = User,
        ["POST /v1/panels/{id}/answers"] = User,
        ["POST /v1/panels/{id}/cancel"] = User,
        ["POST /v1/panels/{id}/steer"] = User,

        ["GET /v1/knowledge/collections"] = UserOrAdmin,
        ["POST /v1/knowledge/collections"] = Admin,
        ["GET /v1/knowledge/collections/{id}"] = UserOrAdmin,
        ["PATCH /v1/knowledge/collections/{id}"] = Admin,
        ["DELETE /v1/knowledge/collections/{id}"] = Admin,
        ["GET /v1/knowledge/collections/{id}/documents"] = UserOrAdmin,
        ["POST /v1/knowledge/collections/{id}/documents"] = Admin,
        ["GET /v1/knowledge/documents/{id}"] = UserOrAdmin,
        ["DELETE /v1/knowledge/documents/{id}"] = Admin,
        ["POST /v1/knowledge/search"] = UserOrAdmin,

        ["GET /v1/memory/facts"] = UserOrAdmin, // which scopes, MemoryAccess says
        ["POST /v1/memory/facts"] = UserOrAdmin,
        ["GET /v1/memory/facts/{id}"] = UserOrAdmin,
        ["PATCH /v1/memory/facts/{id}"] = UserOrAdmin,
        ["DELETE /v1/memory/facts/{id}"] = UserOrAdmin,
        ["POST /v1/memory/search"] = UserOrAdmin,
        ["GET /v1/memory/graph"] = UserOrAdmin,
        ["GET /v1/memory/export"] = UserOrAdmin,
        ["DELETE /v1/memory"] = UserOrAdmin,

        ["GET /v1/budgets/{scope}"] = UserOrAdmin,
        ["PUT /v1/budgets/{scope}"] = Admin,

        ["GET /v1/models"] = User,
        ["GET /v1/models/{model}"] = User,
        ["POST /v1/chat/completions"] = User,
        ["POST /v1/responses"] = User,
        ["GET /v1/responses/{id}"] = User,
        ["DELETE /v1/responses/{id}"] = User,
        ["POST /v1/responses/{id}/cancel"] = User,
        ["POST /v1/embeddings"] = User,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The roles of which a caller needs one, or null if the route is not in the table.</summary>
    public static IReadOnlyList<string>? For(string method, string pattern) =>
        Table.GetValueOrDefault($"{(HttpMethods.IsHead(method) ? HttpMethods.Get : method)} /{pattern.Trim('/')}");

    public static IReadOnlyList<string>? For(HttpContext context) => context.GetEndpoint() is RouteEndpoint route
        ? For(context.Request.Method, route.RoutePattern.RawText ?? "") : null;
}

/// <summary>The rule for everything that is not expressly open: a credential, and one of the route's roles.</summary>
internal sealed class RouteRole : IAuthorizationRequirement;

internal sealed class RouteRoleHandler : AuthorizationHandler<RouteRole>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RouteRole requirement)
    {
        // What is no route of ours (an unknown address, a wrong method) is refused by the router, in its own words.
        if (context.Resource is HttpContext http && (http.GetEndpoint() is not RouteEndpoint
            || RouteRoles.For(http) is { } roles && roles.Any(context.User.IsInRole)))
        {
            context.Succeed(requirement);
        }
        return Task.CompletedTask;
    }
}
