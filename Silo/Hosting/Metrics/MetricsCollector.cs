using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Colloquy.Hosting;

/// <summary>Sums up what the meters of this process measure.</summary>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>Label values come from outside now and then; a bound keeps a flood of them from becoming a flood of
    /// memory.</summary>
    private const int SeriesMax = 5000;

    /// <summary>What the names of collected meters begin with.</summary>
    private static readonly string[] Meters =
        ["Colloquy", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server", "System.Runtime"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), MetricSeries> _series = [];

    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Array.Exists(Meters, name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal)))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<byte>((instrument, value, labels, _) => Record(instrument, value, labels));
        _listener.SetMeasurementEventCallback<short>((instrument, value, labels, _) => Record(instrument, value, labels));
        _listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Record(instrument, value, labels));
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Record(instrument, value, labels));
        _listener.SetMeasurementEventCallback<float>((instrument, value, labels, _) => Record(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Record(instrument, value, labels));
        _listener.SetMeasurementEventCallback<decimal>(
            (instrument, value, labels, _) => Record(instrument, (double)value, labels));
        _listener.Start();
    }

    /// <summary>Everything measured so far, asking the observable instruments now.</summary>
    public IReadOnlyList<MetricSeries> Read()
    {
        _listener.RecordObservableInstruments();
        return [.. _series.Values];
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = (instrument, PrometheusText.Labels(labels));
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= SeriesMax)
                return;
            series = _series.GetOrAdd(key, static added => new MetricSeries(added.Instrument, added.Labels));
        }

        series.Record(value);
    }
}
