using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>Finds the nearest chunks exactly: estimates of all, then the cosines of those that may be among the nearest.</summary>
internal static class VectorSearch
{
    /// <param name="vector">Of length 1.</param>
    /// <returns>Best first; of equals the one that was indexed first.</returns>
    public static List<(int Position, double Score)> Top(
        SqliteSession session, ScopeMoment moment, ulong[] passing, ReadOnlySpan<float> vector, int limit)
    {
        var estimates = new Candidates(limit);
        moment.Estimate(VectorCode.Prepare(vector), passing, ref estimates);
        var nearest = new List<(int Position, double Score)>();
        foreach (var (position, most) in estimates.ByMost())
        {
            if (nearest.Count == limit && most < nearest[^1].Score)
                break;
            Insert(nearest, (position, Cosine(session, moment.IdAt(position), vector)), limit);
        }

        return nearest;
    }

    private static void Insert(List<(int Position, double Score)> nearest, (int Position, double Score) one, int limit)
    {
        var at = nearest.BinarySearch(one, Order);
        nearest.Insert(~at, one);
        if (nearest.Count > limit)
            nearest.RemoveAt(limit);
    }

    private static double Cosine(SqliteSession session, long id, ReadOnlySpan<float> vector)
    {
        using var row = session.Query("SELECT vector FROM vector WHERE id = @id", ("@id", id));
        return row.Read()
            ? TensorPrimitives.Dot(MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(0)), vector)
            : throw new InvalidDataException($"Chunk {id} has lost its vector.");
    }

    private static readonly Comparer<(int Position, double Score)> Order = Comparer<(int Position, double Score)>.Create(
        (a, b) => b.Score.CompareTo(a.Score) is var byScore && byScore != 0 ? byScore : a.Position.CompareTo(b.Position));

    /// <summary>Keeps every chunk whose cosine may be as large as the least certain of the largest.</summary>
    private struct Candidates(int limit) : IEstimates
    {
        private readonly List<(int Position, float Most)> _kept = [];

        // What the chunks seen so far have at least, the largest of it: no chunk below the smallest of
        // these is among the nearest.
        private readonly PriorityQueue<int, float> _least = new(limit + 1);
        private float _enough = float.NegativeInfinity;

        public void Add(int position, float estimate, float error)
        {
            if (estimate + error < _enough)
                return;
            _kept.Add((position, estimate + error));
            if (estimate - error <= _enough)
                return;
            _least.Enqueue(position, estimate - error);
            if (_least.Count > limit)
                _least.Dequeue();
            if (_least.Count == limit)
                _least.TryPeek(out _, out _enough);
        }

        public readonly IEnumerable<(int Position, float Most)> ByMost()
        {
            var enough = _enough;
            return _kept.Where(one => one.Most >= enough).OrderByDescending(one => one.Most);
        }
    }
}
