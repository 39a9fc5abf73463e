using System.Collections.Frozen;

namespace Colloquy.Memory;

/// <summary>What is known of relations beyond their names.</summary>
internal static class Predicates
{
    /// <summary>Begins the relation that ends another: <c>no longer takes</c> ends <c>takes</c>.</summary>
    public const string Ended = "no longer ";

    /// <summary>Relations that hold one value at a time: another value takes the place of the one before.</summary>
    private static readonly FrozenSet<string> Single = FrozenSet.ToFrozenSet(
    [
        "name is", "lives in", "born in", "born on", "age", "works at", "role is", "preferred language", "answer style", "weighs",
        "is tall", "blood type", "time zone", "email is", "nationality", "risk class", "marital status",
    ], StringComparer.Ordinal);

    /// <summary>Relations that concern every answer, whatever the question is about.</summary>
    private static readonly FrozenSet<string> Standing = FrozenSet.ToFrozenSet(
        ["name is", "preferred language", "answer style", "prefers", "allergic to", "remember"], StringComparer.Ordinal);

    public static bool IsSingle(string predicate) => Single.Contains(FactNames.Normal(predicate));

    public static bool IsStanding(string predicate) => Standing.Contains(FactNames.Normal(predicate));

    /// <summary>Whether a fact in force gives way to a draft by itself: same subject, and either a relation with one value, or
    /// the end (or the return) of the very relation that the fact tells.</summary>
    public static bool GivesWay(Fact fact, FactDraft draft)
    {
        if (!FactNames.AreSame(fact.Subject, draft.Subject))
            return false;
        var (old, @new) = (FactNames.Normal(fact.Predicate), FactNames.Normal(draft.Predicate));
        return (old == @new && Single.Contains(@new))
            || ((@new == Ended + old || old == Ended + @new) && FactNames.Begin(fact.Object, draft.Object));
    }
}
