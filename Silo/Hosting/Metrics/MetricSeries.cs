using System.Diagnostics.Metrics;

namespace Colloquy.Hosting;

/// <summary>How an instrument's measurements add up.</summary>
internal enum MetricKind
{
    /// <summary>Measurements are added.</summary>
    Counter,

    /// <summary>The last measurement counts.</summary>
    Gauge,

    /// <summary>Measurements are counted by size.</summary>
    Histogram,
}

/// <summary>The measurements of one instrument under one set of labels.</summary>
internal sealed class MetricSeries
{
    /// <summary>Seconds, from a cache hit to a long answer; also passable for counts.</summary>
    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    private readonly Lock _lock = new();
    private readonly long[] _buckets = [];
    private readonly bool _isObserved;
    private double _sum;
    private long _count;

    public MetricSeries(Instrument instrument, string labels)
    {
        (Instrument, Labels) = (instrument, labels);
        var kind = instrument.GetType().IsGenericType ? instrument.GetType().GetGenericTypeDefinition() : null;
        _isObserved = instrument.IsObservable;
        var sums = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        Adds = !_isObserved && kind != typeof(Gauge<>);
        Kind = sums ? MetricKind.Counter : kind == typeof(Histogram<>) ? MetricKind.Histogram : MetricKind.Gauge;
        if (Kind is MetricKind.Histogram)
        {
            Bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? UsualBounds;
            _buckets = new long[Bounds.Count + 1];
        }
    }

    public Instrument Instrument { get; }

    public string Labels { get; }

    public MetricKind Kind { get; }

    public IReadOnlyList<double> Bounds { get; } = [];

    private bool Adds { get; }

    public void Record(double value)
    {
        lock (_lock)
        {
            _sum = Adds ? _sum + value : value;
            _count++;
            if (Kind is MetricKind.Histogram)
                _buckets[BucketOf(value)]++;
        }
    }

    /// <summary>One moment of it: the sum or last value, how many measurements, and how many in each bucket.</summary>
    public (double Sum, long Count, IReadOnlyList<long> Buckets) Snapshot()
    {
        lock (_lock)
            return (_sum, _count, [.. _buckets]);
    }

    private int BucketOf(double value)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && value > Bounds[bucket])
            bucket++;
        return bucket;
    }
}
