namespace Colloquy.Clusters;

/// <summary>Kills at moments that only the seed knows.</summary>
/// <param name="strike">One kill. It ends with everything up again.</param>
/// <param name="most">Strikes at most.</param>
internal sealed class Strikes(Func<Task> strike, int seed, int most = int.MaxValue)
{
    /// <summary>Strikes until told to stop, and answers how often it did.</summary>
    public async Task<int> Until(CancellationToken done)
    {
        var random = new Random(seed);
        for (var strikes = 0; ; strikes++)
        {
            try
            {
                await Task.Delay(strikes < most ? TimeSpan.FromMilliseconds(random.Next(200, 2_500)) : Timeout.InfiniteTimeSpan, done);
            }
            catch (OperationCanceledException)
            {
                return strikes;
            }
            await strike();
        }
    }
}
