using System.Collections.Immutable;
using System.Globalization;

namespace Colloquy.Memory;

/// <summary>Facts a page at a time, newest first.</summary>
internal static class FactPages
{
    /// <exception cref="FormatException">The cursor is none.</exception>
    public static FactPage Of(MemoryState state, bool history, string? cursor, int limit)
    {
        var after = cursor is null ? null : Place.Parse(cursor);
        var found = state.Facts.Values.Where(kept => history || !kept.IsSuperseded).Select(kept => kept.Fact)
            .Where(fact => after is null || after.IsBefore(fact))
            .OrderByDescending(fact => fact.RecordedAt).ThenBy(fact => fact.Id, StringComparer.Ordinal)
            .Take(limit + 1).ToImmutableArray();
        return found.Length <= limit ? new(found, null) : new(found[..limit], Place.Of(found[limit - 1]).ToString());
    }

    private sealed record Place(long At, string Id)
    {
        public static Place Of(Fact fact) => new(fact.RecordedAt.ToUnixTimeMilliseconds(), fact.Id);

        public static Place Parse(string cursor) =>
            cursor.Split('.', 2) is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture,
                out var ms)
                ? new(ms, id) : throw new FormatException("Not a cursor of a list of facts.");

        public bool IsBefore(Fact fact) => fact.RecordedAt.ToUnixTimeMilliseconds() is var at
            && (at < At || (at == At && string.CompareOrdinal(fact.Id, Id) > 0));

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}.{Id}");
    }
}
