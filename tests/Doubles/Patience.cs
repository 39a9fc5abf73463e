namespace Colloquy.Doubles;

/// <summary>Waits of tests for what others do: none is without an end, and each says what did not come.</summary>
public static class Patience
{
    /// <summary>Of real time. Far beyond what anything takes on a slow machine, and far below what all tests together may
    /// take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="what">What is awaited, as the end of a sentence that begins with "Nobody saw".</param>
    /// <exception cref="TimeoutException">It did not come within <see cref="Limit"/>.</exception>
    public static async Task Within(this Task awaited, string what)
    {
        try
        {
            await awaited.WaitAsync(Limit).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!awaited.IsCompleted)
        {
            throw new TimeoutException($"Nobody saw {what} within {Limit.TotalSeconds} seconds.");
        }
    }

    /// <inheritdoc cref="Within(Task, string)"/>
    public static async Task<T> Within<T>(this Task<T> awaited, string what)
    {
        await Within((Task)awaited, what).ConfigureAwait(false);
        return await awaited.ConfigureAwait(false);
    }
}
