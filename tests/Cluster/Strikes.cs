using Colloquy.FakeModel;

namespace Colloquy.Clusters;

/// <summary>Kills again and again.</summary>
/// <param name="strike">One kill. It ends with everything up again.</param>
/// <param name="moment">Comes back when the next strike is due.</param>
/// <param name="most">Strikes at most.</param>
internal sealed class Strikes(Func<Task> strike, Func<CancellationToken, Task> moment, int most = int.MaxValue)
{
    /// <summary>Moments that only the seed knows.</summary>
    public static Func<CancellationToken, Task> Sometimes(int seed)
    {
        var random = new Random(seed);
        return done => Task.Delay(random.Next(200, 2_500), done);
    }

    /// <summary>Moments in the middle of work, however fast the machine is: a seeded number of requests of the model after the last, more
    /// than are made again after a kill,
    /// and a moment later.</summary>
    public static Func<CancellationToken, Task> WithinWork(FakeModelServer model, Func<RecordedRequest, bool> isWork, int seed)
    {
        var random = new Random(seed);
        return async done =>
        {
            var next = model.Requests.Count(isWork) + random.Next(26, 50);
            await Task.WhenAny(model.WhenRequested(isWork, next), Task.Delay(Timeout.InfiniteTimeSpan, done));
            await Task.Delay(random.Next(0, 200), done);
        };
    }

    /// <summary>Strikes until told to stop, and answers how often it did.</summary>
    public async Task<int> Until(CancellationToken done)
    {
        for (var strikes = 0; ; strikes++)
        {
            try
            {
                await (strikes < most ? moment(done) : Task.Delay(Timeout.InfiniteTimeSpan, done));
            }
            catch (OperationCanceledException)
            {
                return strikes;
            }
            await strike();
        }
    }
}
