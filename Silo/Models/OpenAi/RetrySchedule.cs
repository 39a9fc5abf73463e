using System.Security.Cryptography;

namespace Colloquy.Models.OpenAi;

/// <summary>Whether a failed attempt is followed by another, and when. One for each call.</summary>
internal sealed class RetrySchedule(OpenAiOptions options, TimeProvider clock)
{
    private const int Fractions = 1 << 20;

    private readonly long _begun = clock.GetTimestamp();

    /// <summary>Attempts that were made, with the present one.</summary>
    public int Attempts { get; private set; } = 1;

    /// <summary>
    /// The wait before the next attempt, or null if there is none: the failure is final, attempts or time are used up, or the
    /// service wants to be left alone for longer than the time that remains.
    /// </summary>
    public TimeSpan? Next(ModelException failure)
    {
        if (!OpenAiErrors.IsWorthRetrying(failure) || Attempts >= options.Attempts)
            return null;
        var wait = failure.RetryAfter ?? Jittered(Bound());
        if (clock.GetElapsedTime(_begun) + wait > options.RetryTime)
            return null;
        Attempts++;
        return wait;
    }

    private TimeSpan Bound()
    {
        var bound = options.RetryDelay * Math.Pow(2, Attempts - 1);
        return bound < options.RetryDelayMax ? bound : options.RetryDelayMax;
    }

    // The whole range, so that callers who failed together do not come back together.
    private static TimeSpan Jittered(TimeSpan bound) => bound * (RandomNumberGenerator.GetInt32(Fractions) / (double)Fractions);
}
