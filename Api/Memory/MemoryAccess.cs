using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Memory;

/// <summary>
/// Whose memory a caller may see and change. A user: their own, and that of the tenant's sessions; they see that of agents and of
/// the tenant. An admin: that of every user, of agents and of the tenant.
/// </summary>
internal static class MemoryAccess
{
    /// <summary>The scope as it is spelled (by default the caller's own), or why the caller may not use it.</summary>
    public static Problem? Check(Caller caller, string? text, bool isChange, out string scope)
    {
        scope = text ?? MemoryScopes.User(caller.KeyId);
        if (!MemoryScope.TryParse(scope, out var parsed))
            return Problem.Of(ProblemCodes.MemoryScopeInvalid, "scope",
                "user:{key}, session:{session}, agent:{agent} or tenant.");
        return May(caller, parsed, isChange) ? null
            : new Problem(ProblemCodes.Forbidden,
                $"The credential may not {(isChange ? "change" : "see")} the memory of this scope.");
    }

    private static bool May(Caller caller, MemoryScope scope, bool isChange)
    {
        var (isUser, isAdmin) = (caller.Roles.Contains(Roles.User), caller.Roles.Contains(Roles.Admin));
        return scope.Kind switch
        {
            "user" => isAdmin || scope.Id == caller.KeyId,
            "session" => isUser,
            _ => isAdmin || (isUser && !isChange),
        };
    }
}
