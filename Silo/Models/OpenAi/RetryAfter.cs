using System.ClientModel.Primitives;
using System.Globalization;

namespace Colloquy.Models.OpenAi;

/// <summary>When a service says that it may be asked again.</summary>
internal static class RetryAfter
{
    /// <summary>Milliseconds if it says so, else seconds or a date; null if it says nothing that can be read.</summary>
    public static TimeSpan? Read(PipelineResponseHeaders headers, TimeProvider clock) =>
        Read(name => headers.TryGetValue(name, out var value) ? value : null, clock);

    /// <inheritdoc cref="Read(PipelineResponseHeaders, TimeProvider)"/>
    public static TimeSpan? Read(Func<string, string?> header, TimeProvider clock)
    {
        if (header("retry-after-ms") is { } exact
            && double.TryParse(exact, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            return Bounded(milliseconds);
        if (header("Retry-After") is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return Bounded(seconds * 1000);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Bounded((at - clock.GetUtcNow()).TotalMilliseconds)
            : null;
    }

    /// <summary>What no clock can count is as good as never.</summary>
    public static TimeSpan? Bounded(double milliseconds) =>
        double.IsNaN(milliseconds) ? null
        : TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, TimeSpan.FromDays(1).TotalMilliseconds));
}
