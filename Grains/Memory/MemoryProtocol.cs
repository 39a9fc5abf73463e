using System.Collections.Immutable;
using System.Diagnostics;
using Colloquy.Kernel;

namespace Colloquy.Memory;

/// <summary>
/// What may happen to a memory. Facts are never changed but in their standing: a correction is another fact. A repeat changes
/// nothing.
/// </summary>
internal static class MemoryProtocol
{
    public static MemoryStep Decide(MemoryState state, MemoryInput input) => input switch
    {
        MemoryInput.Record record => Record(state, record),
        MemoryInput.Confirm confirm => Confirm(state, confirm.FactId),
        MemoryInput.Erase erase => Erase(state, erase.FactId),
        MemoryInput.Keep keep => Keep(state, keep.Vectors),
        _ => throw new UnreachableException($"{input.GetType().Name} is not an input that a memory knows."),
    };

    /// <summary>All of a command's facts are recorded, or none.</summary>
    private static MemoryStep Record(MemoryState state, MemoryInput.Record record)
    {
        if (Repeated(state, record) is { } repeat)
            return Nothing(state, repeat.Status, repeat.Facts);
        var next = state.Facts;
        var ids = new List<string>();
        for (var index = 0; index < record.Drafts.Length; index++)
        {
            var (draft, id) = (Rounded(record.Drafts[index]), FactIds.Of(record.Operation, index));
            if (Corrected(next, draft) is var status and not MemoryStatus.Done)
                return Nothing(state, status, []);
            (next, id) = Same(next, draft, record.At) is { } same ? (Tell(next, same, draft, id), same.Fact.Id)
                : (Add(next, record, draft, id), id);
            ids.Add(id);
        }
        if (WithinLimit(next) is not { } fitting)
            return Nothing(state, MemoryStatus.Full, []);
        return Step(state, fitting, [.. ids.Distinct(StringComparer.Ordinal).Select(id => fitting[id].Fact)]);
    }

    /// <summary>What the operation recorded when it first came: one of its facts is enough to know it by.</summary>
    private static MemoryResult? Repeated(MemoryState state, MemoryInput.Record record)
    {
        var (found, isOther) = (new List<Fact>(), false);
        for (var index = 0; index < record.Drafts.Length; index++)
        {
            var (draft, id) = (Rounded(record.Drafts[index]), FactIds.Of(record.Operation, index));
            if ((state.Facts.GetValueOrDefault(id) ?? state.Facts.Values.FirstOrDefault(kept => kept.Told.Contains(id)))
                is not { } known)
                continue;
            isOther |= !SaysTheSame(known.Fact, draft);
            found.Add(known.Fact);
        }
        return found.Count == 0 ? null : isOther ? new(MemoryStatus.KeyReused, []) : new(MemoryStatus.Done, [.. found]);
    }

    private static MemoryStatus Corrected(ImmutableSortedDictionary<string, KeptFact> facts, FactDraft draft) =>
        draft.Supersedes is null ? MemoryStatus.Done
        : !facts.TryGetValue(draft.Supersedes, out var kept) ? MemoryStatus.NotFound
        : kept.IsSuperseded ? MemoryStatus.Superseded : MemoryStatus.Done;

    private static KeptFact? Same(ImmutableSortedDictionary<string, KeptFact> facts, FactDraft draft, DateTimeOffset at) =>
        draft.Supersedes is not null ? null
        : facts.Values.FirstOrDefault(kept => kept.IsInForce(at) && SaysTheSame(kept.Fact, draft));

    private static bool SaysTheSame(Fact fact, FactDraft draft) => FactNames.AreSame(fact.Subject, draft.Subject)
        && FactNames.AreSame(fact.Predicate, draft.Predicate) && FactNames.AreSame(fact.Object, draft.Object);

    /// <summary>A fact told again is the same fact, held with more confidence; told as confirmed it becomes so.</summary>
    private static ImmutableSortedDictionary<string, KeptFact> Tell(
        ImmutableSortedDictionary<string, KeptFact> facts, KeptFact same, FactDraft draft, string id) =>
        facts.SetItem(same.Fact.Id, same with
        {
            Fact = same.Fact with
            {
                Confidence = Together(same.Fact.Confidence, draft.Confidence),
                Status = draft.Status == FactStatus.Confirmed ? FactStatus.Confirmed : same.Fact.Status,
                ValidUntil = draft.ValidUntil ?? same.Fact.ValidUntil,
            },
            Told = [.. same.Told.Add(id).TakeLast(KeptFact.ToldMax)],
        });

    /// <summary>Two tellings together: 1 - (1 - greater) * (1 - lesser / 2). The lesser counts half, for who tells something
    /// twice is no second witness.</summary>
    private static double Together(double one, double other) =>
        1 - ((1 - Math.Max(one, other)) * (1 - (Math.Min(one, other) / 2)));

    private static ImmutableSortedDictionary<string, KeptFact> Add(
        ImmutableSortedDictionary<string, KeptFact> facts, MemoryInput.Record record, FactDraft draft, string id)
    {
        var giving = facts.Values.Where(kept => !kept.IsSuperseded
            && (kept.Fact.Id == draft.Supersedes || Predicates.GivesWay(kept.Fact, draft))).ToList();
        var end = draft.ValidFrom ?? record.At;
        foreach (var old in giving)
        {
            facts = facts.SetItem(old.Fact.Id, old with
            {
                Fact = old.Fact with
                {
                    Status = FactStatus.Superseded, SupersededBy = id,
                    ValidUntil = old.Fact.ValidUntil < end ? old.Fact.ValidUntil : end,
                },
            });
        }
        var supersedes = draft.Supersedes ?? giving.MaxBy(old => old.Fact.RecordedAt)?.Fact.Id;
        return facts.Add(id, new(new(
            id, record.Scope, draft.Subject.Trim(), draft.Predicate.Trim(), draft.Object.Trim(), draft.Text.Trim(), draft.Status,
            draft.Confidence, draft.ValidFrom, draft.ValidUntil, record.At, draft.Source, supersedes, null), [], null));
    }

    /// <summary>The facts, without the oldest superseded ones as far as there are too many; null if that is not enough.</summary>
    private static ImmutableSortedDictionary<string, KeptFact>? WithinLimit(ImmutableSortedDictionary<string, KeptFact> facts)
    {
        var excess = facts.Count - MemoryLimits.Facts;
        if (excess <= 0)
            return facts;
        var leaving = facts.Values.Where(kept => kept.IsSuperseded)
            .OrderBy(kept => kept.Fact.RecordedAt).ThenBy(kept => kept.Fact.Id, StringComparer.Ordinal)
            .Take(excess).Select(kept => kept.Fact.Id).ToHashSet(StringComparer.Ordinal);
        return leaving.Count < excess ? null : Without(facts, leaving);
    }

    private static MemoryStep Confirm(MemoryState state, string id)
    {
        if (!state.Facts.TryGetValue(id, out var kept))
            return Nothing(state, MemoryStatus.NotFound, []);
        if (kept.IsSuperseded)
            return Nothing(state, MemoryStatus.Superseded, [kept.Fact]);
        if (kept.Fact.Status == FactStatus.Confirmed)
            return Nothing(state, MemoryStatus.Done, [kept.Fact]);
        var confirmed = kept with { Fact = kept.Fact with { Status = FactStatus.Confirmed } };
        return Step(state, state.Facts.SetItem(id, confirmed), [confirmed.Fact]);
    }

    private static MemoryStep Erase(MemoryState state, string id)
    {
        if (!state.Facts.ContainsKey(id))
            return Nothing(state, MemoryStatus.NotFound, []);
        var leaving = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([id]);
        while (open.TryDequeue(out var one))
        {
            if (!leaving.Add(one))
                continue;
            foreach (var kept in state.Facts.Values.Where(kept => kept.Fact.SupersededBy == one))
                open.Enqueue(kept.Fact.Id);
        }
        return Step(state, Without(state.Facts, leaving), []);
    }

    /// <summary>Takes facts away, and every mention of them. What gave way to one of them is taken to have given way to the next,
    /// so that an erasure still finds it.</summary>
    private static ImmutableSortedDictionary<string, KeptFact> Without(
        ImmutableSortedDictionary<string, KeptFact> facts, HashSet<string> leaving)
    {
        var left = facts.RemoveRange(leaving);
        return left.SetItems(left.Where(pair => IsLeaving(pair.Value.Fact.Supersedes) || IsLeaving(pair.Value.Fact.SupersededBy))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value with
            {
                Fact = pair.Value.Fact with
                {
                    Supersedes = IsLeaving(pair.Value.Fact.Supersedes) ? null : pair.Value.Fact.Supersedes,
                    SupersededBy = Staying(pair.Value.Fact.SupersededBy),
                },
            })));

        bool IsLeaving(string? id) => id is not null && leaving.Contains(id);

        string? Staying(string? id)
        {
            while (IsLeaving(id))
                id = facts[id!].Fact.SupersededBy;
            return id;
        }
    }

    private static MemoryStep Keep(MemoryState state, ImmutableArray<(string FactId, FactVector Vector)> vectors)
    {
        var next = state.Facts;
        foreach (var (id, vector) in vectors)
        {
            if (next.TryGetValue(id, out var kept) && kept.Vector?.Embedder != vector.Embedder)
                next = next.SetItem(id, kept with { Vector = vector });
        }
        return Step(state, next, []);
    }

    private static MemoryStep Step(MemoryState before, ImmutableSortedDictionary<string, KeptFact> next,
        ImmutableArray<Fact> facts) =>
        new(new(next),
            [.. next.Where(pair => !ReferenceEquals(before.Facts.GetValueOrDefault(pair.Key), pair.Value)).Select(pair =>
                pair.Value)],
            [.. before.Facts.Keys.Where(id => !next.ContainsKey(id))],
            new(MemoryStatus.Done, facts));

    private static MemoryStep Nothing(MemoryState state, MemoryStatus status, ImmutableArray<Fact> facts) =>
        new(state, [], [], new(status, facts));

    // Milliseconds, as facts are stored, and texts that are whole.
    private static FactDraft Rounded(FactDraft draft) => draft with
    {
        ValidFrom = Rounded(draft.ValidFrom), ValidUntil = Rounded(draft.ValidUntil),
        Confidence = Math.Clamp(draft.Confidence, 0, 1),
        Subject = Texts.First(draft.Subject, MemoryLimits.NameCharacters),
        Predicate = Texts.First(draft.Predicate, MemoryLimits.NameCharacters),
        Object = Texts.First(draft.Object, MemoryLimits.NameCharacters),
        Text = Texts.First(draft.Text, MemoryLimits.TextCharacters),
    };

    private static DateTimeOffset? Rounded(DateTimeOffset? at) =>
        at is { } instant ? DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds()) : null;
}
