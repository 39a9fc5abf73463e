using System.Globalization;
using System.Text;

namespace Colloquy.Hosting;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public static string Of(IEnumerable<MetricSeries> all)
    {
        var text = new StringBuilder();
        foreach (var metric in all.GroupBy(NameOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = metric.First();
            text.Append(CultureInfo.InvariantCulture, $"# HELP {metric.Key} {Line(first.Instrument.Description)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {metric.Key} {first.Kind.ToString().ToLowerInvariant()}\n");
            foreach (var series in metric.OrderBy(series => series.Labels, StringComparer.Ordinal))
                Write(text, metric.Key, series);
        }

        return text.ToString();
    }

    /// <summary>The labels as they stand between braces, in the order of their names; empty if there are none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty)
            return "";
        var pairs = labels.ToArray().Select(label => $"{Name(label.Key)}=\"{Value(label.Value)}\"");
        return string.Join(',', pairs.Order(StringComparer.Ordinal));
    }

    private static void Write(StringBuilder text, string name, MetricSeries series)
    {
        var (sum, count, buckets) = series.Snapshot();
        if (series.Kind is not MetricKind.Histogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(series.Labels)} {sum}\n");
            return;
        }

        var below = 0L;
        for (var bucket = 0; bucket < buckets.Count; bucket++)
        {
            below += buckets[bucket];
            var bound = bucket < series.Bounds.Count ? series.Bounds[bucket].ToString(CultureInfo.InvariantCulture) : "+Inf";
            var labels = series.Labels.Length == 0 ? $"le=\"{bound}\"" : $"{series.Labels},le=\"{bound}\"";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(series.Labels)} {sum}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_count{Braced(series.Labels)} {count}\n");
    }

    // Prometheus wants the unit of time in the name, and counters to end in total.
    private static string NameOf(MetricSeries series)
    {
        var name = Name(series.Instrument.Name);
        if (series.Instrument.Unit is "s" && !name.EndsWith("_seconds", StringComparison.Ordinal))
            name += "_seconds";
        return series.Kind is MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Name(string name) => string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '_'));

    private static string Line(string? text) => (text ?? "").ReplaceLineEndings(" ");

    private static string Value(object? value) => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
