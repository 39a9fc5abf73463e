using Colloquy.Embeddings;
using Colloquy.Knowledge.Collections;
using Colloquy.Models;
using Colloquy.Runs;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Knowledge.Ingest;

/// <summary>Nothing that could be tried again would help: the run ends with this.</summary>
public sealed class IngestRefusedException(string code, string message) : Exception(message)
{
    public RunError Error => new(code, Message);
}

/// <summary>
/// Does the work of a run beside its grain's turns: part by part, each told as a command. Dies with the activation; the journal
/// and a later epoch then go on behind the last part that was told.
/// </summary>
internal sealed partial class IngestWork(
    string key, KnowledgePorts ports, IGrainFactory grains, IIngestReceiver run, Action giveUp, ILogger logger)
{
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(200);

    private CancellationTokenSource? _cancel;
    private bool _isCleaning;

    public bool IsBusy => _cancel is not null;

    /// <summary>Makes what is being done agree with what the journal says.</summary>
    public void Follow(IngestState state, long epoch)
    {
        if (state.IsRunning && !IsBusy)
        {
            _cancel = new();
            _ = Report(state, epoch, _cancel.Token);
        }
        else if (state.EndedAt is not null && IsBusy && !_isCleaning)
            Clean(state, epoch);
    }

    /// <summary>Removes what a run that has ended leaves.</summary>
    public void Clean(IngestState state, long epoch)
    {
        if (_isCleaning)
            return;
        Stop();
        (_cancel, _isCleaning) = (new(), true);
        _ = Clean(state, epoch, _cancel.Token);
    }

    public void Stop()
    {
        _cancel?.Cancel();
        (_cancel, _isCleaning) = (null, false);
    }

    // Nobody waits for this: whatever goes wrong must end in a command or a log line.
    private async Task Report(IngestState state, long attempt, CancellationToken cancellation)
    {
        try
        {
            RunError? error;
            try
            {
                error = await Do(state, attempt, cancellation);
            }
            catch (IngestRefusedException refusal)
            {
                error = refusal.Error;
            }
            catch (EmbedderMissingException missing)
            {
                error = new("embedder_missing", missing.Message);
            }
            catch (ModelException failure)
            {
                error = new(failure.Code, failure.Message);
            }
            if (error is not null)
                await run.Failed(attempt, error);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // the run has ended already: that is why the work was stopped
        }
        catch (Exception failure)
        {
            LogGivenUp(failure, key, attempt);
            if (!cancellation.IsCancellationRequested)
                giveUp(); // the sweeper has it tried again elsewhere
        }
    }

    private async Task<RunError?> Do(IngestState state, long attempt, CancellationToken cancellation)
    {
        if (attempt - state.ProgressEpoch >= KnowledgeLimits.Attempts)
            return new("attempts_exhausted", $"{KnowledgeLimits.Attempts} attempts came no further.");
        IIngestSource source = state.Reindexes is { } generation
            ? new StoredSource(key, ports, grains, state, generation) : new StagedSource(key, ports, grains, state);
        for (var part = default(IngestPart); part is not { IsLast: true };)
        {
            part = await Insist(() => source.Next(cancellation), cancellation);
            if (!await Insist(() => run.Advanced(attempt, part), cancellation))
                return null;
        }
        return null;
    }

    private async Task Clean(IngestState state, long attempt, CancellationToken cancellation)
    {
        var (tenant, id) = (TenantKey.TenantOf(key), TenantKey.IdOf(key));
        try
        {
            await Insist(async () =>
            {
                if (state is { Reindexes: { } generation, Status: not "completed" })
                    await grains.GetGrain<ICollectionWriter>(TenantKey.For(tenant, state.Collection!)).Abandon(generation);
                await ports.Documents.Unstage(tenant, id, cancellation);
                return true;
            }, cancellation);
            await run.Cleaned(attempt);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // another activation cleans up, or this one already has
        }
        catch (Exception failure)
        {
            LogGivenUp(failure, key, attempt);
            giveUp();
        }
    }

    /// <summary>Tries again what may pass, with growing pauses.</summary>
    private async Task<T> Insist<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
            try
            {
                cancellation.ThrowIfCancellationRequested();
                return await work();
            }
            catch (Exception failure) when (tries < KnowledgeLimits.Tries && MayPass(failure)
                && !cancellation.IsCancellationRequested)
            {
                LogTriedAgain(failure, key, tries);
                await Task.Delay(PauseFirst * Math.Pow(2, tries - 1), ports.Clock, cancellation);
            }
    }

    private static bool MayPass(Exception failure) => failure switch
    {
        IngestRefusedException or EmbedderMissingException or Journals.JournalLostException => false,
        ModelException model => model.Code is ModelErrors.Unreachable or ModelErrors.RateLimited or ModelErrors.Stalled
            or ModelErrors.ServerError or ModelErrors.StreamCut or ModelErrors.BadAnswer,
        _ => true,
    };

    [LoggerMessage(LogLevel.Warning, "{Key} could not go on, try {Tries}")]
    private partial void LogTriedAgain(Exception failure, string key, int tries);

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} at {Key} was given up; it is tried again elsewhere")]
    private partial void LogGivenUp(Exception failure, string key, long attempt);
}
