using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Colloquy.Knowledge;

/// <summary>How searches of the embedded index go: the meter <c>Colloquy.Knowledge</c>.</summary>
internal sealed class PassageTelemetry
{
    private readonly Histogram<double> _search;

    public PassageTelemetry(IMeterFactory meters, VectorCache cache)
    {
        var meter = meters.Create("Colloquy.Knowledge");
        _search = meter.CreateHistogram<double>("colloquy.knowledge.search.duration", "s", "Both searches over one scope");
        meter.CreateObservableGauge("colloquy.knowledge.vectors.held", () => cache.Bytes, "By", "Codes of vectors in memory");
    }

    /// <summary>Measures until it is disposed of.</summary>
    public IDisposable Search() => new Measure(_search, Stopwatch.GetTimestamp());

    private sealed record Measure(Histogram<double> Search, long Start) : IDisposable
    {
        public void Dispose() => Search.Record(Stopwatch.GetElapsedTime(Start).TotalSeconds);
    }
}
