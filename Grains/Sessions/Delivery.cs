using Colloquy.Journals;
using Microsoft.Extensions.Logging;

namespace Colloquy.Sessions;

/// <summary>Asks until it is answered: that a silo dies is no reason for a run to fail. Every command may be repeated.</summary>
internal sealed partial class Delivery(TimeProvider clock, ILogger logger)
{
    private const int DeliveriesMax = 5;

    /// <exception cref="JournalLostException">Somebody else holds the session's journal: it is not asked again.</exception>
    public async Task<T> Ask<T>(string runId, Func<Task<T>> command)
    {
        for (var delivery = 1; ; delivery++)
            try
            {
                return await command();
            }
            catch (Exception failure) when (delivery < DeliveriesMax && failure is not (JournalLostException or OperationCanceledException))
            {
                LogUndelivered(failure, runId, delivery);
                await Task.Delay(TimeSpan.FromMilliseconds(100 << delivery), clock);
            }
    }

    public Task Ask(string runId, Func<Task> command) => Ask(runId, async () =>
    {
        await command();
        return true;
    });

    [LoggerMessage(LogLevel.Warning, "A command of {RunId} was not answered, delivery {Delivery}")]
    private partial void LogUndelivered(Exception failure, string runId, int delivery);
}
