using System.Collections.Immutable;

namespace Colloquy.Panels.Standing;

/// <summary>A panel that lasts, keyed by <c>{tenant}/{standing panel}</c>: its members, what it decided before, and how often each
/// member was right on which topic.</summary>
[Alias("panel.standing")]
public interface IStandingPanelGrain : IGrainWithStringKey
{
    /// <summary>Creates it, or changes what is given: see <see cref="DefineStanding.Creates"/>. Durable on return; a repeat changes
    /// nothing.</summary>
    [Alias("define")]
    Task<StandingResult> Define(DefineStanding command);

    /// <summary>The panel, or null.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<StandingView?> View();

    /// <summary>Removes it with its precedents and records. False if there is none.</summary>
    [Alias("remove")]
    Task<bool> Remove();

    /// <summary>What a panel on this question is to begin with, or null if there is no such standing panel.</summary>
    [Alias("brief"), AlwaysInterleave]
    Task<StandingBriefing?> Brief(string question);

    /// <summary>Keeps an outcome as a precedent, clipped to <see cref="StandingLimits.PrecedentCharacters"/>. Durable on return; a
    /// repeat, told by the panel's id, changes nothing.</summary>
    [Alias("record")]
    Task Record(Precedent precedent);

    /// <summary>Says of a member whether it was right on a question. Durable on return. The last
    /// <see cref="StandingLimits.Ratings"/> words count: an older one gives way, and would be new if it came again. Of whoever is
    /// no member nothing is kept.</summary>
    /// <param name="key">Who says it of what: a later word of the same replaces the earlier.</param>
    /// <param name="right">Null takes it back.</param>
    /// <param name="revision">Rises with what is said under the key: an older message that comes late changes nothing.</param>
    [Alias("rate")]
    Task Rate(string key, string agent, string question, bool? right, long revision);

    /// <summary>Precedents that fit a text best, or the latest for null.</summary>
    [Alias("precedents"), AlwaysInterleave]
    Task<ImmutableArray<Precedent>> Precedents(string? text, int limit);

    /// <summary>How often members were right, by member and topic.</summary>
    [Alias("records"), AlwaysInterleave]
    Task<ImmutableArray<TrackRecord>> Records();
}

/// <summary>The standing panels of a tenant, keyed by <c>{tenant}/standing-panels</c>.</summary>
[Alias("panel.standings")]
public interface IStandingPanelListGrain : IGrainWithStringKey
{
    /// <summary>False if the tenant has as many as it may.</summary>
    [Alias("put")]
    Task<bool> Put(StandingView view);

    [Alias("remove")]
    Task Remove(string id);

    [Alias("all"), AlwaysInterleave]
    Task<ImmutableArray<StandingView>> All();
}

/// <summary>Null leaves a field as it is; what is new needs a name and members. Another protocol drops the rule and the cycles of the
/// one before, unless it comes with its own.</summary>
[GenerateSerializer, Alias("panel.standing.define"), Immutable]
public sealed record DefineStanding(
    string Author, string? Name, ImmutableArray<string>? Agents, string? Protocol, string? Rule, int? Cycles, int? Quorum,
    ImmutableArray<string>? Criteria)
{
    /// <summary>True only creates, false only changes, null does either.</summary>
    [Id(0)] public bool? Creates { get; init; }

    /// <summary>Of a creation the caller's idempotency key, or null.</summary>
    [Id(1)] public string? Operation { get; init; }

    /// <summary>Of a creation a hash of the request: the same key with another one is refused.</summary>
    [Id(2)] public string? Fingerprint { get; init; }
}

[GenerateSerializer, Alias("panel.standing.status")]
public enum StandingStatus
{
    Done,

    /// <summary>The detail names the agent.</summary>
    UnknownAgent,

    /// <summary>The detail names the field that is missing.</summary>
    Incomplete,
    TooMany,

    /// <summary>The detail names the field that does not go with the protocol: <c>protocol</c>, <c>agents</c> or
    /// <c>rule</c>.</summary>
    Unfit,
    Exists, NotFound, KeyReused,
}

/// <summary>What standing panels may hold, each with its reason.</summary>
public static class StandingLimits
{
    /// <summary>Of a tenant: a list asks each of them.</summary>
    public const int Panels = 100;

    public const int NameCharacters = 120;

    /// <summary>Outcomes that are kept, the latest: they are searched whole, and are one document. Older panels are found by their
    /// own ids.</summary>
    public const int Precedents = 200;

    /// <summary>Characters of a precedent's question, and of its answer. The panel has both whole.</summary>
    public const int PrecedentCharacters = 2_000;

    /// <summary>Words about members that count, the latest: what somebody was right about long ago says less of today.</summary>
    public const int Ratings = 2_000;
}

/// <param name="Detail">What a refusal is about, or null.</param>
[GenerateSerializer, Alias("panel.standing.result"), Immutable]
public sealed record StandingResult(StandingStatus Status, StandingView? Panel = null, string? Detail = null);

[GenerateSerializer, Alias("panel.standing.view"), Immutable]
public sealed record StandingView(
    string Id, string Name, ImmutableArray<string> Agents, string Protocol, string? Rule, int? Cycles, int? Quorum,
    ImmutableArray<string> Criteria, int Precedents, string Author, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <param name="Track">What each member's voice counts on this topic, by agent; 1 without a record.</param>
/// <param name="Precedents">Those that fit the question, best first, at most <see cref="PanelLimits.Precedents"/>.</param>
[GenerateSerializer, Alias("panel.standing.briefing"), Immutable]
public sealed record StandingBriefing(
    StandingView Panel, ImmutableSortedDictionary<string, double> Track, ImmutableArray<Precedent> Precedents);

/// <param name="Topic">A domain of the member, or <c>general</c>.</param>
/// <param name="Weight">What its voice counts on the topic, 0.5 to 1.5: 0.5 + (right + 2) / (right + wrong + 4).</param>
[GenerateSerializer, Alias("panel.standing.track"), Immutable]
public sealed record TrackRecord(string Agent, string Topic, int Right, int Wrong, double Weight);
