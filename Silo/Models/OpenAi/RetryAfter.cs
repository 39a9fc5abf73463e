using System.ClientModel.Primitives;
using System.Globalization;

namespace Colloquy.Models.OpenAi;

/// <summary>When a service says that it may be asked again.</summary>
internal static class RetryAfter
{
    /// <summary>Milliseconds if it says so, else seconds or a date; null if it says nothing that can be read.</summary>
    public static TimeSpan? Read(PipelineResponseHeaders headers, TimeProvider clock)
    {
        if (headers.TryGetValue("retry-after-ms", out var exact)
            && double.TryParse(exact, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            return Bounded(milliseconds);
        if (!headers.TryGetValue("Retry-After", out var text))
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return Bounded(seconds * 1000);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Bounded((at - clock.GetUtcNow()).TotalMilliseconds)
            : null;
    }

    // What no clock can count is as good as never.
    private static TimeSpan? Bounded(double milliseconds) =>
        double.IsNaN(milliseconds) ? null
        : TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, TimeSpan.FromDays(1).TotalMilliseconds));
}
