using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Feedback;
using Colloquy.Embeddings;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Panels;
using Colloquy.Panels.Standing;
using Colloquy.Runs;
using Colloquy.Selection;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Hosting;

/// <summary>The cluster did not answer within the time that a request may take. What was asked may or may not be done.</summary>
internal sealed class UnavailableException(Exception cause) : Exception("The cluster did not answer in time.", cause);

/// <summary>
/// The way from an endpoint to a grain. A fault that may pass (a silo that dies, a journal that changes hands, a full queue) is
/// asked again: every command carries the operation it belongs to, so that a repeat does nothing twice.
/// </summary>
internal sealed partial class GrainCalls(IClusterClient cluster, TimeProvider time, ILogger<GrainCalls> logger)
{
    /// <summary>All tries together.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(8);

    /// <summary>One try. The caller of a silo that was killed would hang until the engine's own timeout.</summary>
    public static readonly TimeSpan TryMost = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan PauseMost = TimeSpan.FromSeconds(1);

    public GrainCall<ISessionGrain> Session(string tenant, string id) => Of<ISessionGrain>(tenant, id);

    public GrainCall<IIngestGrain> Ingest(string tenant, string id) => Of<IIngestGrain>(tenant, id);

    public GrainCall<IPanelGrain> Panel(string tenant, string id) => Of<IPanelGrain>(tenant, id);

    public GrainCall<IPanelListGrain> Panels(string tenant) => Of<IPanelListGrain>(tenant, "panels");

    public GrainCall<ICollectionGrain> Collection(string tenant, string id) => Of<ICollectionGrain>(tenant, id);

    public GrainCall<ICollectionListGrain> Collections(string tenant) => Of<ICollectionListGrain>(tenant, "collections");

    /// <summary>Whatever has this journal.</summary>
    public GrainCall<IWatched> Watched(string tenant, string journal) => new(this, cluster.Watched(TenantKey.For(tenant, journal)));

    public GrainCall<ITranscriptGrain> Transcript(string tenant, string id) => Of<ITranscriptGrain>(tenant, id);

    public GrainCall<ISessionListGrain> Sessions(string tenant) => Of<ISessionListGrain>(tenant, "sessions");

    public GrainCall<IAgentGrain> Agent(string tenant, string id) => Of<IAgentGrain>(tenant, id);

    public GrainCall<ICatalogueGrain> Catalogue(string tenant) => Of<ICatalogueGrain>(tenant, "agents");

    public GrainCall<ISelectorGrain> Selector(string tenant) => Of<ISelectorGrain>(tenant, "selector");

    public GrainCall<ITenantGrain> Tenant(string tenant) => Of<ITenantGrain>(tenant, "tenant");

    public GrainCall<IKeyRingGrain> Keys(string tenant) => Of<IKeyRingGrain>(tenant, "keys");

    public GrainCall<IBudgetGrain> Budget(string tenant) => Of<IBudgetGrain>(tenant, "budget");

    public GrainCall<IKnowledgeGrain> Knowledge(string tenant) => Of<IKnowledgeGrain>(tenant, "knowledge");

    public GrainCall<IFeedbackGrain> Feedback(string tenant, FeedbackTarget target) => Of<IFeedbackGrain>(tenant, target.Key);

    public GrainCall<ICalibrationGrain> Calibration(string tenant, string agent) => Of<ICalibrationGrain>(tenant, agent);

    public GrainCall<IStandingPanelGrain> StandingPanel(string tenant, string id) => Of<IStandingPanelGrain>(tenant, id);

    public GrainCall<IStandingPanelListGrain> StandingPanels(string tenant) =>
        Of<IStandingPanelListGrain>(tenant, "standing-panels");

    public GrainCall<IEmbedderGrain> Embedder(string tenant) => Of<IEmbedderGrain>(tenant, "embedder");

    public GrainCall<IMemoryGrain> Memory(string tenant, string scope) => Of<IMemoryGrain>(tenant, scope);

    public GrainCall<TGrain> Of<TGrain>(string tenant, string id) where TGrain : IGrainWithStringKey =>
        new(this, cluster.GetGrain<TGrain>(TenantKey.For(tenant, id)));

    /// <summary>Calls until an answer comes, or until the time is over.</summary>
    /// <exception cref="UnavailableException">No answer came.</exception>
    public async Task<T> Repeat<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            cancellation.ThrowIfCancellationRequested();
            var left = Most - time.GetElapsedTime(began);
            try
            {
                return await call().Within(left < TryMost ? left : TryMost, time);
            }
            catch (Exception failure) when (MayPass(failure))
            {
                var pause = PauseBefore(tries);
                if (time.GetElapsedTime(began) + pause >= Most)
                    throw new UnavailableException(failure);
                LogAskingAgain(failure, tries);
                await Task.Delay(pause, time, cancellation);
            }
        }
    }

    /// <summary>Calls once, for what takes longer than a request usually may and would gain nothing by being begun anew.</summary>
    /// <exception cref="UnavailableException">No answer came.</exception>
    public async Task<T> Once<T>(Func<Task<T>> call, TimeSpan most)
    {
        try
        {
            return await call().Within(most, time);
        }
        catch (Exception failure) when (MayPass(failure))
        {
            throw new UnavailableException(failure);
        }
    }

    /// <summary>Whether asking again can help: always, unless the fault is a mistake of the caller or of ours.</summary>
    internal static bool MayPass(Exception failure) => failure is ObjectDisposedException || failure
        is not (ArgumentException or FormatException or InvalidOperationException or NotSupportedException
            or NotImplementedException or NullReferenceException or InvalidCastException or KeyNotFoundException
            or IndexOutOfRangeException or ForeignTenantException or OperationCanceledException);

#pragma warning disable CA5394 // The pause needs to differ between callers, not to be secret.
    private static TimeSpan PauseBefore(int tries)
    {
        var pause = PauseFirst * Math.Pow(2, Math.Min(tries - 1, 10));
        return (pause < PauseMost ? pause : PauseMost) * (0.5 + (Random.Shared.NextDouble() / 2));
    }
#pragma warning restore CA5394

    [LoggerMessage(Level = LogLevel.Debug, Message = "A grain call failed at try {Tries}; it is made again")]
    private partial void LogAskingAgain(Exception failure, int tries);
}

/// <summary>A grain, asked with patience.</summary>
internal readonly record struct GrainCall<TGrain>(GrainCalls Calls, TGrain Grain)
{
    public Task<T> Ask<T>(Func<TGrain, Task<T>> call, CancellationToken cancellation)
    {
        var grain = Grain;
        return Calls.Repeat(() => call(grain), cancellation);
    }

    /// <summary>Asks for what has an effect once, such as a removal, and tells whether it was asked more than once: where the first
    /// answer was lost, the second try finds nothing, because the first one did it.</summary>
    public async Task<(T Answer, bool IsRepeated)> AskTelling<T>(Func<TGrain, Task<T>> call, CancellationToken cancellation)
    {
        var tries = 0;
        var answer = await Ask(grain =>
        {
            tries++;
            return call(grain);
        }, cancellation);
        return (answer, tries > 1);
    }

    public Task<T> Once<T>(Func<TGrain, Task<T>> call, TimeSpan most)
    {
        var grain = Grain;
        return Calls.Once(() => call(grain), most);
    }

    public Task Tell(Func<TGrain, Task> call, CancellationToken cancellation)
    {
        var grain = Grain;
        return Calls.Repeat(async () =>
        {
            await call(grain);
            return true;
        }, cancellation);
    }
}
