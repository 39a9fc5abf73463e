namespace Colloquy.Kernel;

/// <summary>Instants as they are stored.</summary>
internal static class Clocks
{
    /// <summary>Now, in the milliseconds that journals and documents keep: a replay must see the same instants.</summary>
    public static DateTimeOffset Milliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
