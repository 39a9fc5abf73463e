using Colloquy.Memory;

namespace Colloquy.Tests.Memory;

/// <summary>Facts, and a memory that is told them one by one.</summary>
internal static class Facts
{
    public const string Scope = "user:k1";

    public static readonly DateTimeOffset Noon = new(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static FactDraft Draft(
        string predicate, string @object, string? text = null, string subject = "user", double confidence = 0.8,
        string status = "proposed", string? supersedes = null) =>
        new(subject, predicate, @object, text ?? $"The {subject} {predicate} {@object}.", status, confidence, null, null,
            new("message", "rules", Quote: "words"), supersedes);

    public static Telling Told(this Telling memory, string operation, params FactDraft[] drafts) =>
        memory.Input(new MemoryInput.Record(memory.At, Scope, operation, [.. drafts]));

    public static Telling Told(this Telling memory, string predicate, string @object) =>
        memory.Told($"{predicate} {@object}", Draft(predicate, @object));
}

/// <summary>A memory in a test: what it knows and what it last answered. Each input comes a minute after the one before.</summary>
internal sealed record Telling(MemoryState State, MemoryStep? Step, DateTimeOffset At)
{
    public static readonly Telling Nothing = new(MemoryState.Empty, null, Facts.Noon);

    public MemoryResult Result => Step!.Result;

    public IEnumerable<string> InForce => State.InForce(At).Select(kept => $"{kept.Fact.Predicate} {kept.Fact.Object}").Order();

    public Fact Fact(string @object) => State.Facts.Values.Single(kept => kept.Fact.Object == @object).Fact;

    public Telling Input(MemoryInput input)
    {
        var step = MemoryProtocol.Decide(State, input);
        return new(step.State, step, At.AddMinutes(1));
    }
}
