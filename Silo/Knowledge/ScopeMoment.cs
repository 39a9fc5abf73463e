using System.Collections.Concurrent;
using System.Numerics;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>A scope at one version, with its chunks by position: what one search looks at.</summary>
internal sealed class ScopeMoment(ScopeRow scope, ScopeVectors.Columns columns, int count, int pageVectors, int stride)
{
    /// <summary>Filters whose chunks are remembered until the scope changes.</summary>
    private const int FiltersMax = 16;

    private readonly ConcurrentDictionary<string, ulong[]> _passing = new(StringComparer.Ordinal);

    public ScopeRow Scope => scope;

    /// <summary>Positions, among them those of chunks that are gone.</summary>
    public int Count => count;

    /// <summary>The words of a chunk.</summary>
    public int LengthAt(int position) => columns.Lengths[position];

    /// <summary>The row of a chunk.</summary>
    public long IdAt(int position) => scope.IdOf(columns.Slots[position]);

    /// <summary>The first position from <paramref name="from"/> on whose slot is not below this one.</summary>
    public int Find(uint slot, int from)
    {
        var slots = columns.Slots.AsSpan(0, count);
        // What is looked for is mostly near: double the step until it is passed, then halve.
        var (low, step) = (from, 1);
        while (low + step < count && slots[low + step] < slot)
        {
            low += step;
            step *= 2;
        }

        var at = slots[low..Math.Min(count, low + step + 1)].BinarySearch(slot);
        return low + (at < 0 ? ~at : at);
    }

    /// <summary>A bit for each position whose chunk is there and passes the filter.</summary>
    public ulong[] Passing(SqliteSession session, PassageFilter filter)
    {
        if (_passing.TryGetValue(filter.Key, out var known))
            return known;
        var bits = new ulong[(count + 63) / 64];
        var at = 0;
        foreach (var (first, chunks) in filter.Find(session, scope))
        {
            at = Find(first, at);
            // A moment of the past may lack chunks that are gone by now; the next ones are not theirs.
            for (var slot = first; slot < first + chunks && at < count && columns.Slots[at] == slot; slot++, at++)
                bits[at / 64] |= 1UL << (at % 64);
        }

        if (_passing.Count < FiltersMax)
            _passing.TryAdd(filter.Key, bits);
        return bits;
    }

    /// <summary>Estimates the cosine of every chunk that passes.</summary>
    /// <param name="found">Gets position, estimate, and how far the estimate may be wrong.</param>
    public void Estimate<T>(VectorCode.Query query, ulong[] passing, ref T found) where T : struct, IEstimates
    {
        for (var n = 0; n < passing.Length; n++)
        {
            for (var rest = passing[n]; rest != 0; rest &= rest - 1)
            {
                var position = (n * 64) + BitOperations.TrailingZeroCount(rest);
                var scale = columns.Scales[position];
                if (scale == 0)
                    continue;
                var code = columns.Pages[position / pageVectors].AsSpan(position % pageVectors * stride, stride);
                var estimate = VectorCode.Dot(code, query.Code) * scale * query.Scale;
                found.Add(position, estimate, query.ErrorWith(columns.Errors[position]));
            }
        }
    }
}

/// <summary>Takes estimates one by one.</summary>
internal interface IEstimates
{
    void Add(int position, float estimate, float error);
}
