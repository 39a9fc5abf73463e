using System.Runtime.InteropServices;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>
/// The codes of one scope in memory, derived from its rows: appended to as chunks come, and made anew when too many of them
/// belong to chunks that are gone. Losing it costs the time of reading the rows again.
/// </summary>
internal sealed class ScopeVectors(int dimensions)
{
    /// <summary>Vectors of one page. Pages do not move when others come, so searches go on beside an ingest.</summary>
    private const int PageVectors = 1024;

    /// <summary>Vectors of chunks that are gone, beside half of those that are not, before the pages are made anew.</summary>
    private const int GoneMax = 1024;

    private readonly Lock _lock = new();
    private readonly int _stride = VectorCode.StrideOf(dimensions);
    private Columns _columns = new([], [], [], [], []);
    private int _count;
    private long _slot;
    private ScopeMoment? _moment;

    /// <summary>What is held, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The scope as this session sees it.</summary>
    public ScopeMoment At(SqliteSession session, ScopeRow scope)
    {
        lock (_lock)
        {
            if (_moment?.Scope.Version == scope.Version)
                return _moment;
            var isNewest = scope.Version > (_moment?.Scope.Version ?? -1);
            if (isNewest && _count - scope.Chunks > GoneMax + (scope.Chunks / 2))
                (_columns, _count, _slot, Bytes) = (new([], [], [], [], []), 0, 0, 0);
            if (scope.Slot > _slot)
                Load(session, scope);
            var moment = new ScopeMoment(scope, _columns, _count, PageVectors, _stride);
            // A session that began earlier gets a moment of its own.
            if (isNewest)
                _moment = moment;
            return moment;
        }
    }

    private void Load(SqliteSession session, ScopeRow scope)
    {
        using var rows = session.Query(
            "SELECT id, length, vector FROM vector WHERE id >= @from AND id < @to ORDER BY id",
            ("@from", scope.IdOf(_slot)), ("@to", scope.IdOf(scope.Slot)));
        Reserve((int)Math.Min(scope.Slot - _slot, scope.Chunks));
        while (rows.Read())
        {
            Reserve(1);
            var (at, offset) = (_count, _count % PageVectors * _stride);
            _columns.Slots[at] = ScopeRow.SlotOf(rows.GetInt64(0));
            _columns.Lengths[at] = rows.GetInt32(1);
            if (MemoryMarshal.Cast<byte, float>(rows.GetFieldValue<byte[]>(2)) is { IsEmpty: false } vector)
                (_columns.Scales[at], _columns.Errors[at]) =
                    VectorCode.Encode(vector, _columns.Pages[at / PageVectors].AsSpan(offset, _stride));
            _count++;
            _slot = _columns.Slots[at] + 1L; // so that a failure leaves nothing to be read twice
        }

        _slot = scope.Slot;
        Bytes = _columns.Pages.Sum(page => (long)page.Length) + (_columns.Slots.Length * 16L);
    }

    // Arrays that somebody reads are never changed below the count that he knows: growing makes others.
    private void Reserve(int more)
    {
        var needed = _count + more;
        if (needed > _columns.Slots.Length)
        {
            var size = Math.Max(needed, _columns.Slots.Length * 3 / 2);
            _columns = new(Grown(_columns.Slots, size), Grown(_columns.Lengths, size), Grown(_columns.Scales, size),
                Grown(_columns.Errors, size), _columns.Pages);
        }

        var pages = _columns.Pages;
        var last = pages.Length - 1;
        if (needed <= (last < 0 ? 0 : (last * PageVectors) + (pages[last].Length / _stride)))
            return;
        var grown = Grown(pages, (needed + PageVectors - 1) / PageVectors);
        for (var n = Math.Max(last, 0); n < grown.Length; n++)
        {
            // The last page is only as large as it must be: most scopes are small.
            var vectors = n < grown.Length - 1 ? PageVectors
                : Math.Min(PageVectors, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(needed - (n * PageVectors))));
            grown[n] = Grown(grown[n] ?? [], vectors * _stride);
        }

        _columns = _columns with { Pages = grown };
    }

    private static T[] Grown<T>(T[] array, int size)
    {
        var grown = new T[Math.Max(size, array.Length)];
        array.CopyTo(grown, 0);
        return grown;
    }

    /// <summary>By position, in the order of slots. A scale of 0 stands for the zero vector.</summary>
    internal sealed record Columns(uint[] Slots, int[] Lengths, float[] Scales, float[] Errors, sbyte[][] Pages);
}
