using System.Collections.Immutable;

namespace Colloquy.Memory;

/// <summary>Whose memory it is. Spelled <c>user:{key}</c>, <c>session:{session}</c>, <c>agent:{agent}</c> or <c>tenant</c>.</summary>
public static class MemoryScopes
{
    public const string Tenant = "tenant";

    public static string User(string keyId) => $"user:{keyId}";

    public static string Session(string session) => $"session:{session}";

    public static string Agent(string agent) => $"agent:{agent}";
}

/// <summary>Something that is remembered. It is never changed: a correction is another fact, which supersedes it.</summary>
/// <param name="Id">Unique in its scope; follows from the operation that recorded it.</param>
/// <param name="Subject">Whom or what it is about; an entity of the graph.</param>
/// <param name="Predicate">The relation, such as <c>allergic to</c>.</param>
/// <param name="Object">The other entity, or the value.</param>
/// <param name="Text">The fact as a sentence: what is searched, and what stands in a prompt.</param>
/// <param name="Status"><c>proposed</c> (written after a turn, nobody has looked at it), <c>confirmed</c> or
/// <c>superseded</c>.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="ValidFrom">Since when it holds in the world, if that is known.</param>
/// <param name="ValidUntil">Until when: after that it is in no prompt.</param>
/// <param name="SupersededBy">The fact that took its place.</param>
[GenerateSerializer, Alias("memory.fact"), Immutable]
public sealed record Fact(
    string Id, string Scope, string Subject, string Predicate, string Object, string Text, string Status, double Confidence,
    DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil, DateTimeOffset RecordedAt, FactSource Source, string? Supersedes,
    string? SupersededBy);

/// <summary>Where a fact comes from.</summary>
/// <param name="Kind"><c>message</c>, <c>user</c> (written by hand) or <c>import</c>.</param>
/// <param name="Method"><c>model</c>, <c>rules</c> or <c>hand</c>.</param>
/// <param name="Quote">The words that it was read from, or null.</param>
[GenerateSerializer, Alias("memory.source"), Immutable]
public sealed record FactSource(
    string Kind, string Method, string? Session = null, string? RunId = null, string? MessageId = null, string? Quote = null,
    string? By = null);

/// <summary>A fact to be recorded.</summary>
/// <param name="Supersedes">The fact that it corrects, or null: then one with the same subject and a predicate that holds one
/// value only gives way by itself.</param>
[GenerateSerializer, Alias("memory.draft"), Immutable]
public sealed record FactDraft(
    string Subject, string Predicate, string Object, string Text, string Status, double Confidence, DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil, FactSource Source, string? Supersedes = null);

/// <summary>A fact as an answer used it, or as it was written after one.</summary>
[GenerateSerializer, Alias("memory.note"), Immutable]
public sealed record MemoryNote(string Scope, string FactId, string Text);

[GenerateSerializer, Alias("memory.hit"), Immutable]
public sealed record FactHit(Fact Fact, double Score);

/// <summary>What is known around an entity.</summary>
/// <param name="IsCut">Whether there is more than the limits let through.</param>
[GenerateSerializer, Alias("memory.graph"), Immutable]
public sealed record MemoryGraph(ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges, bool IsCut);

/// <param name="Distance">Steps from where the search began.</param>
[GenerateSerializer, Alias("memory.node"), Immutable]
public sealed record GraphNode(string Entity, int Distance, int Degree);

[GenerateSerializer, Alias("memory.edge"), Immutable]
public sealed record GraphEdge(string From, string Predicate, string To, string FactId, double Confidence);

[GenerateSerializer, Alias("memory.page"), Immutable]
public sealed record FactPage(ImmutableArray<Fact> Items, string? Next);
