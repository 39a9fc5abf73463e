using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Memory;

/// <summary>What a client may say of a fact.</summary>
internal static class FactFields
{
    public static Checks Check(
        string? subject, string? predicate, string? @object, string? text, DateTimeOffset? from, DateTimeOffset? until) =>
            new Checks()
        .That(IsName(subject), "subject", $"A text of 1 to {MemoryLimits.NameCharacters} characters.")
        .That(IsName(predicate), "predicate", $"A text of 1 to {MemoryLimits.NameCharacters} characters.")
        .That(IsName(@object), "object", $"A text of 1 to {MemoryLimits.NameCharacters} characters.")
        .That(text is null || !string.IsNullOrWhiteSpace(text), "text", "A sentence, or nothing.")
        .OptionalText(text, "text", MemoryLimits.TextCharacters)
        .That(from is null || until is null || from <= until, "validUntil", "Not before validFrom.");

    /// <summary>A fact told by hand is confirmed: its author is its witness.</summary>
    public static FactDraft Draft(
        string subject, string predicate, string @object, string? text, DateTimeOffset? from, DateTimeOffset? until,
            Caller caller,
        string? supersedes) => new(
        subject, predicate, @object, text ?? Sentence(subject, predicate, @object), "confirmed", 1, from?.ToUniversalTime(),
        until?.ToUniversalTime(), new FactSource("user", "hand", By: caller.KeyId), supersedes);

    // Null passes: whether it may be missing is another rule.
    private static bool IsName(string? text) => text is null || (!string.IsNullOrWhiteSpace(text)
        && text.Length <= MemoryLimits.NameCharacters && !text.Contains('\0', StringComparison.Ordinal));

    private static string Sentence(string subject, string predicate, string @object) =>
        $"{(subject == "user" ? "The user" : subject)} {predicate} {@object}.";
}

/// <summary>A fact told by hand.</summary>
/// <param name="Scope">Whose memory; the caller's own without one.</param>
/// <param name="Text">The fact as a sentence; made of the other three without one.</param>
/// <param name="Supersedes">The fact that it corrects.</param>
internal sealed record RecordFactRequest(
    string? Scope, string? Subject, string? Predicate, string? Object, string? Text, DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidUntil, string? Supersedes)
{
    public Problem? Check() => FactFields.Check(Subject, Predicate, Object, Text, ValidFrom, ValidUntil)
        .That(Subject is not null, "subject", "Whom or what it is about, such as 'user'.")
        .That(Predicate is not null, "predicate", "The relation, such as 'allergic to'.")
        .That(Object is not null, "object", "The other entity, or the value.")
        .OptionalText(Supersedes, "supersedes", 64)
        .Problem;

    public FactDraft ToDraft(Caller caller) =>
        FactFields.Draft(Subject!, Predicate!, Object!, Text, ValidFrom, ValidUntil, caller, Supersedes);
}

/// <summary>A correction: what is missing stays as it is. Or <c>{"status": "confirmed"}</c> alone.</summary>
internal sealed record CorrectFactRequest(
    string? Subject, string? Predicate, string? Object, string? Text, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil,
    string? Status)
{
    public bool IsCorrection => (Subject ?? Predicate ?? Object ?? Text) is not null || ValidFrom is not null || ValidUntil is not null;

    public Problem? Check() => FactFields.Check(Subject, Predicate, Object, Text, ValidFrom, ValidUntil)
        .That(Status is null or "confirmed", "status", "confirmed, or nothing.")
        .That(IsCorrection || Status is not null, "object", "What is to be corrected, or the status confirmed.")
        .Problem;

    /// <summary>The fact in its new words. A sentence that told the old ones is made anew.</summary>
    public FactDraft ToDraft(Fact fact, Caller caller) => FactFields.Draft(
        Subject ?? fact.Subject, Predicate ?? fact.Predicate, Object ?? fact.Object,
        Text ?? ((Subject ?? Predicate ?? Object) is null ? fact.Text : null), ValidFrom ?? fact.ValidFrom,
        ValidUntil ?? fact.ValidUntil, caller, fact.Id);
}

/// <param name="Scopes">Whose memories; the caller's own and the tenant's without any.</param>
internal sealed record SearchMemoryRequest(string? Query, string[]? Scopes, int? Limit)
{
    private const int ScopesMax = 8;

    public Problem? Check() => new Checks()
        .Text(Query, "query", MemoryLimits.QueryCharacters)
        .List(Scopes, "scopes", ScopesMax, 120)
        .Within(Limit, "limit", 1, MemoryLimits.Page)
        .Problem;
}

internal sealed record FoundFacts(IReadOnlyList<FactHit> Items);

/// <param name="Erased">How many facts there were, superseded ones among them.</param>
internal sealed record ErasedMemory(int Erased);
