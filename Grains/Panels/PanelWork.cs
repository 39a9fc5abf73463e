using Colloquy.Panels.Seats;
using Colloquy.Panels.Standing;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Panels;

/// <summary>
/// What a panel does in the world: it asks whoever the state says is outstanding, and tells others of the end. Nothing here is
/// remembered: asking again is harmless, and so is telling.
/// </summary>
internal sealed partial class PanelWork(
    string key, IGrainFactory grains, TimeProvider clock, IPanelReceiver panel, Action giveUp, ILogger logger)
{
    private readonly Delivery _delivery = new(clock, logger);

    private Task _asking = Task.CompletedTask;

    public bool IsFinishing { get; private set; }

    /// <summary>Asks every agent that has not answered the open round.</summary>
    public void Ask(PanelState state)
    {
        foreach (var seat in state.Outstanding.Where(seat => !state.Seat(seat).IsPerson).ToList())
            _asking = Task.WhenAll(_asking.IsCompleted ? Task.CompletedTask : _asking, Ask(seat, Briefs.Of(state, seat)));
    }

    /// <summary>Does what follows from the end, and says so: until then the work is open.</summary>
    public void Finish(PanelState state, long epoch)
    {
        if (IsFinishing)
            return;
        IsFinishing = true;
        _ = FinishOnce(state, epoch);
    }

    public Task Stop(PanelState state) => Task.WhenAll(Agents(state).Select(seat => Worker(seat.Id).Stop()));

    public async Task Erase(PanelState state)
    {
        await _asking; // a question that comes after the erasure would be remembered
        await Task.WhenAll(Agents(state).Select(seat => Worker(seat.Id).Erase()));
    }

    private static IEnumerable<PanelSeat> Agents(PanelState state) => state.Charter!.Seats.Where(seat => !seat.IsPerson);

    // Nobody waits for this: the next beat asks again.
    private async Task Ask(string seat, SeatBrief brief)
    {
        try
        {
            await Worker(seat).Ask(brief);
        }
        catch (Exception failure)
        {
            LogNotAsked(failure, key, seat);
        }
    }

    // Nobody waits for this: whatever goes wrong must end in a command or a log line.
    private async Task FinishOnce(PanelState state, long epoch)
    {
        try
        {
            await _delivery.Ask(key, () => Stop(state));
            var summary = PanelViews.Summary(state);
            await _delivery.Ask(key, () => Of<IPanelListGrain>("panels").Put(summary));
            if (state is { Charter.Standing: { } standing, Outcome: { Answer: { } answer } outcome })
                await _delivery.Ask(key, () => Of<IStandingPanelGrain>(standing).Record(new(
                    state.Charter.PanelId, state.Charter.Question, Kernel.Texts.First(answer, PanelLimits.ShownCharacters),
                    outcome.Decision, outcome.Rule.Agreement?.Share, state.EndedAt!.Value)));
            await panel.Finished(epoch);
        }
        catch (Exception failure)
        {
            LogNotFinished(failure, key);
            giveUp(); // the sweeper has it done elsewhere
        }
        finally
        {
            IsFinishing = false;
        }
    }

    private ISeatWorker Worker(string seat) => grains.GetGrain<ISeatWorker>(
        TenantKey.For(TenantKey.TenantOf(key), PanelIds.SeatGrain(TenantKey.IdOf(key), seat)));

    private TGrain Of<TGrain>(string id) where TGrain : IGrainWithStringKey =>
        grains.GetGrain<TGrain>(TenantKey.For(TenantKey.TenantOf(key), id));

    [LoggerMessage(LogLevel.Warning, "{Key} could not ask {Seat}; it is asked again")]
    private partial void LogNotAsked(Exception failure, string key, string seat);

    [LoggerMessage(LogLevel.Error, "What follows from the end of {Key} could not be done; it is tried again elsewhere")]
    private partial void LogNotFinished(Exception failure, string key);
}
