namespace Colloquy.Kernel;

/// <summary>Instants as they are stored.</summary>
internal static class Clocks
{
    /// <summary>Now, in the milliseconds that journals and documents keep: a replay must see the same instants.</summary>
    public static DateTimeOffset Milliseconds(this TimeProvider clock) => clock.GetUtcNow().Milliseconds();

    /// <summary>An instant that somebody gave, in the milliseconds that are kept of it.</summary>
    public static DateTimeOffset Milliseconds(this DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
