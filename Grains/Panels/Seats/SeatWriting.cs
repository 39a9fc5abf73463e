using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Feedback;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Panels.Seats;

/// <summary>What seats are written with: the ports, one of each.</summary>
internal sealed record SeatPorts(IModelCatalogue Models, IKnowledge Knowledge, TimeProvider Clock);

/// <summary>
/// Has answers written beside the seat's own turns: what comes of it is kept by the seat first and told to the panel then. Dies
/// with the activation; the panel asks again, and the next attempt begins.
/// </summary>
internal sealed partial class SeatWriting(
    string key, SeatPorts ports, IGrainFactory grains, Func<ISeatReceiver> seat, ILogger logger)
{
    private readonly Delivery _delivery = new(ports.Clock, logger);
    private Writing? _live;

    /// <summary>The round that is being written, or null.</summary>
    public int? Round => _live?.Round;

    private string Tenant => TenantKey.TenantOf(key);

    public void Begin(SeatBrief brief, int attempt, ImmutableArray<SeatNote> notes)
    {
        Stop();
        _live = new Writing(brief.Round, attempt, new CancellationTokenSource(Left(brief), ports.Clock));
        _ = Write(brief, attempt, notes, _live);
    }

    /// <summary>Tells the panel what was answered before.</summary>
    public void Tell(SeatBrief brief, SeatAnswer answer)
    {
        if (_live?.Round == brief.Round)
            Stop(); // another attempt's answer was kept
        _ = TellPanel(brief, answer);
    }

    public void Stop()
    {
        _live?.Stop();
        _live = null;
    }

    /// <summary>Stops writing a round of which another attempt's answer was kept.</summary>
    public void StopOther(int round, int attempt)
    {
        if (_live is { } live && live.Round == round && live.Attempt != attempt)
            Stop();
    }

    // A clock that another machine set may say that the time is up.
    private TimeSpan Left(SeatBrief brief)
    {
        var left = brief.Deadline - ports.Clock.GetUtcNow();
        return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
    }

    // Nobody waits for this: whatever goes wrong must end in a command or a log line.
    private async Task Write(SeatBrief brief, int attempt, ImmutableArray<SeatNote> notes, Writing live)
    {
        SeatOutcome outcome;
        try
        {
            outcome = await Attempt(brief, attempt, notes, live);
        }
        catch (OperationCanceledException) when (live.IsStopped)
        {
            return; // nobody waits any more: that is why the writing was stopped
        }
        catch (Exception failure)
        {
            LogAttemptFailed(failure, brief.MessageId, attempt);
            outcome = new(SeatAnswer.Failed(
                "internal", "The answer could not be written, through a fault of the service.", Runs.Usage.None), null);
        }
        try
        {
            var answer = await _delivery.Ask(brief.MessageId, () => seat().Written(brief.Round, attempt, outcome));
            if (answer is not null)
                await TellPanel(brief, answer);
        }
        catch (Exception failure)
        {
            LogUndeliverable(failure, brief.MessageId, attempt); // the panel asks again
        }
        finally
        {
            if (_live == live)
                _live = null;
            live.Cancel.Dispose();
        }
    }

    private async Task<SeatOutcome> Attempt(SeatBrief brief, int attempt, ImmutableArray<SeatNote> notes, Writing live)
    {
        var agent = await _delivery.Ask(brief.MessageId, () => Of<IAgentGrain>(brief.Agent!).At(brief.AgentVersion))
            ?? throw new InvalidOperationException($"{brief.Agent} has no version {brief.AgentVersion}.");
        var map = await _delivery.Ask(brief.MessageId, () => Of<ICalibrationGrain>(agent.Id).Map());
        var operation = string.Create(CultureInfo.InvariantCulture, $"{brief.MessageId}/{attempt}");
        var budget = Of<IBudgetGrain>("budget");
        var purse = new SeatPurse(
            (part, tokens) => _delivery.Ask(brief.MessageId, async () => (await budget.Reserve(operation + part, tokens)).IsGranted),
            (part, tokens) => _delivery.Ask(brief.MessageId, () => budget.Settle(operation + part, tokens)), brief.TokensLeft);
        var voice = new SeatVoice(Panel, brief, attempt, ports.Clock, live.Stop, logger);
        var work = new SeatWork(Tenant, brief, agent, ports.Models.Resolve(agent.Model), notes, map);
        try
        {
            return await new SeatWriter(ports.Knowledge, work, voice, purse).Write(live.Cancel.Token);
        }
        catch (OperationCanceledException) when (live.Cancel.IsCancellationRequested && !live.IsStopped)
        {
            return new(SeatAnswer.IsAbsent(AbsenceReasons.Deadline, null, purse.Spent, work.Model.Name), null);
        }
        finally
        {
            voice.Close();
        }
    }

    // Nobody waits for this either: the panel asks again until it knows.
    private async Task TellPanel(SeatBrief brief, SeatAnswer answer)
    {
        try
        {
            await _delivery.Ask(brief.MessageId, () => answer.Said is { } said
                ? Panel.Said(brief.Round, brief.Seat, said, answer.Usage, answer.Model)
                : Panel.Absent(brief.Round, brief.Seat, answer.Absence!, answer.Error, answer.Usage));
        }
        catch (Exception failure)
        {
            LogUntold(failure, brief.MessageId);
        }
    }

    private IPanelReceiver Panel => Of<IPanelReceiver>(PanelIds.Of(TenantKey.IdOf(key)).Panel);

    private TGrain Of<TGrain>(string id) where TGrain : IGrainWithStringKey =>
        grains.GetGrain<TGrain>(TenantKey.For(Tenant, id));

    /// <summary>An answer that is being written.</summary>
    private sealed record Writing(int Round, int Attempt, CancellationTokenSource Cancel)
    {
        /// <summary>Whether nobody waits for it any more: as opposed to its time being up.</summary>
        public bool IsStopped { get; private set; }

        public void Stop()
        {
            if (IsStopped)
                return;
            IsStopped = true;
            try
            {
                Cancel.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // it has come to its end by itself
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} at {MessageId} failed")]
    private partial void LogAttemptFailed(Exception failure, string messageId, int attempt);

    [LoggerMessage(LogLevel.Warning, "What came of attempt {Attempt} at {MessageId} could not be kept; the panel asks again")]
    private partial void LogUndeliverable(Exception failure, string messageId, int attempt);

    [LoggerMessage(LogLevel.Warning, "The panel could not be told {MessageId}; it asks again")]
    private partial void LogUntold(Exception failure, string messageId);
}
