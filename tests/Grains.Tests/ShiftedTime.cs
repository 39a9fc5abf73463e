using System.Diagnostics;

namespace Colloquy.Tests;

/// <summary>The machine's clock, moved on by a test. Timers stay real, so that the engine lives on undisturbed.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public override long GetTimestamp() =>
        Stopwatch.GetElapsedTime(0).Ticks + Interlocked.Read(ref _shift);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
