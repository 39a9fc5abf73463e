using System.Diagnostics.Metrics;
using Colloquy.Hosting;

namespace Colloquy.Tests.Hosting;

public sealed class MetricsTests
{
    [Fact]
    public void Counters_gauges_and_histograms_are_written_as_prometheus_reads_them()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("Colloquy.Test.Text");
        var calls = meter.CreateCounter<long>("test.calls", "{call}", "Calls so far");
        var times = meter.CreateHistogram<double>("test.duration", "s", "How long");
        meter.CreateObservableGauge("test.open", () => 4, description: "Open now");
        calls.Add(2, new("kind", "a"), new("said", "\"x\"\n"));
        calls.Add(3, new KeyValuePair<string, object?>("kind", "a"), new KeyValuePair<string, object?>("said", "\"x\"\n"));
        times.Record(0.03);
        times.Record(400);

        var text = PrometheusText.Of(collector.Read());
        Assert.Contains("# HELP test_calls_total Calls so far\n# TYPE test_calls_total counter\n"
            + "test_calls_total{kind=\"a\",said=\"\\\"x\\\"\\n\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE test_open gauge\ntest_open 4\n", text, StringComparison.Ordinal);
        Assert.Contains("test_duration_seconds_bucket{le=\"0.025\"} 0\ntest_duration_seconds_bucket{le=\"0.05\"} 1\n",
            text, StringComparison.Ordinal);
        Assert.Contains("test_duration_seconds_bucket{le=\"+Inf\"} 2\n"
            + "test_duration_seconds_sum 400.03\ntest_duration_seconds_count 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Meters_of_strangers_are_left_out()
    {
        using var collector = new MetricsCollector();
        using var meter = new Meter("Somebody.Else");
        meter.CreateCounter<long>("strange.calls").Add(1);
        Assert.DoesNotContain("strange", PrometheusText.Of(collector.Read()), StringComparison.Ordinal);
    }
}
