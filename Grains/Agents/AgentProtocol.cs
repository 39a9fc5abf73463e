using System.Collections.Immutable;

namespace Colloquy.Agents;

/// <summary>
/// What may happen to an agent. No clock, no storage: an unchanged state is the same object. A state that is outstanding must be
/// settled before the next input (see <see cref="AgentState.Settled"/>).
/// </summary>
/// <remarks>Every decision takes the agent as shipped, or null for one that does not ship.</remarks>
internal static class AgentProtocol
{
    /// <summary>Versions of one agent: each is a line of the agent's document, for ever.</summary>
    public const int VersionsMax = 100;

    public static (AgentState Next, AgentStatus Answer) Create(
        AgentState state, AgentProfile? shipped, AgentProfile profile, string by, string? operation, DateTimeOffset at)
    {
        var creation = new AgentCreation(operation ?? "", Profiles.Hash(profile));
        if (operation is not null && state.Creation == creation) // it was created; since then it may be gone
            return (state, state.Own is null ? AgentStatus.NotFound : AgentStatus.Done);
        if (operation is not null && state.Creation?.Operation == operation)
            return (state, AgentStatus.KeyReused);
        if (shipped is not null)
            return (state, AgentStatus.BuiltIn);
        if (state.Own is not null)
            return (state, AgentStatus.Exists);
        if (state.Versions.Length >= VersionsMax)
            return (state, AgentStatus.TooManyVersions);
        return (Published(state, shipped, profile, by, at) with { Creation = creation }, AgentStatus.Done);
    }

    public static (AgentState Next, AgentStatus Answer) Change(
        AgentState state, AgentProfile? shipped, AgentChange change, DateTimeOffset at)
    {
        if (Current(state, shipped) is not { } current)
            return (state, AgentStatus.NotFound);
        var draft = Profiles.With(state.Draft ?? current, change) with { Version = NextVersion(state, shipped) };
        var next = Profiles.Same(draft, current) ? null : draft;
        return (Profiles.Same(next, state.Draft) ? state : state with { Draft = next, ChangedAt = at }, AgentStatus.Done);
    }

    /// <summary>Makes the draft the next version.</summary>
    public static (AgentState Next, AgentStatus Answer) Publish(
        AgentState state, AgentProfile? shipped, string by, DateTimeOffset at) =>
        Current(state, shipped) is null ? (state, AgentStatus.NotFound)
        : state.Draft is not { } draft ? (state, AgentStatus.NothingToPublish)
        : state.Versions.Length >= VersionsMax ? (state, AgentStatus.TooManyVersions)
        : (Published(state, shipped, draft, by, at), AgentStatus.Done);

    /// <summary>Whether a version can be made current again, and if so whether its document is needed for that.</summary>
    public static AgentStatus CanReturnTo(AgentState state, AgentProfile? shipped, int version) =>
        Current(state, shipped) is null ? AgentStatus.NotFound
        : Has(state, version) || shipped?.Version == version ? AgentStatus.Done
        : AgentStatus.NoSuchVersion;

    /// <summary>Makes an earlier version current again; null is the shipped one. The draft stays.</summary>
    public static AgentState ReturnTo(AgentState state, AgentProfile? earlier, DateTimeOffset at) =>
        state.Own?.Version == earlier?.Version ? state
        : state with { Own = earlier, IsNew = false, Revision = state.Revision + 1, ChangedAt = at };

    public static (AgentState Next, AgentStatus Answer) Delete(AgentState state, AgentProfile? shipped, DateTimeOffset at)
    {
        var next = state.Own is null && state.Draft is null ? state : state with
        {
            Own = null,
            Draft = null,
            Revision = state.Own is null ? state.Revision : state.Revision + 1, // a draft is nobody else's business
            ChangedAt = at,
        };
        return (next, state.Own is null && shipped is null ? AgentStatus.NotFound : AgentStatus.Done);
    }

    /// <summary>What was outstanding has been done.</summary>
    public static AgentState Settle(AgentState state) =>
        state with { Settled = state.Revision, IsListed = state.Own is not null, IsNew = false };

    /// <summary>The catalogue is full, so nobody has seen the version in use and nobody will. If it is a new one, it never was;
    /// a change to a shipped agent is a draft again.</summary>
    public static AgentState Withdraw(AgentState state, AgentProfile? shipped) => state with
    {
        Own = null,
        Draft = shipped is null || !state.IsNew ? state.Draft : state.Own,
        Versions = state.IsNew ? state.Versions.RemoveAt(state.Versions.Length - 1) : state.Versions,
        LastVersion = state.IsNew ? state.LastVersion - 1 : state.LastVersion,
        IsNew = false,
        Revision = state.Revision + 1,
        Settled = state.Revision + 1,
        Creation = state.IsNew ? null : state.Creation,
    };

    /// <summary>The version in use, or null.</summary>
    public static AgentProfile? Current(AgentState state, AgentProfile? shipped) => state.Visible ?? shipped;

    public static AgentView? View(AgentState state, AgentProfile? shipped) => Current(state, shipped) is { } profile
        ? new AgentView(profile, state.Draft, shipped is not null, state.ChangedAt)
        : null;

    /// <summary>All versions, newest first. A shipped agent's first one has no date and no author.</summary>
    public static ImmutableArray<AgentVersionView> Versions(AgentState state, AgentProfile? shipped)
    {
        var current = Current(state, shipped)?.Version;
        var own = state.Versions
            .Where(one => state.IsListed || one.Version != state.Own?.Version)
            .Reverse()
            .Select(one => new AgentVersionView(one.Version, one.At, one.By, one.Version == current));
        return shipped is null || Has(state, shipped.Version)
            ? [.. own]
            : [.. own, new AgentVersionView(shipped.Version, null, null, shipped.Version == current)];
    }

    public static bool Has(AgentState state, int version) => state.Versions.Any(one => one.Version == version);

    private static AgentState Published(
        AgentState state, AgentProfile? shipped, AgentProfile profile, string by, DateTimeOffset at)
    {
        var version = NextVersion(state, shipped);
        return state with
        {
            Own = profile with { Version = version },
            Draft = null,
            Versions = state.Versions.Add(new PublishedVersion(version, at, by)),
            LastVersion = version,
            IsNew = true,
            Revision = state.Revision + 1,
            ChangedAt = at,
        };
    }

    private static int NextVersion(AgentState state, AgentProfile? shipped) =>
        Math.Max(state.LastVersion, shipped?.Version ?? 0) + 1;
}
