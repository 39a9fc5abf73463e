using Colloquy.Panels;
using Colloquy.Panels.Seats;
using Colloquy.Runs;
using Colloquy.Tenants;
using Orleans;

namespace Colloquy.Tests.Panels;

/// <summary>A seat that answers every round at once, in two pieces and without a model. The second seat is of another
/// mind.</summary>
[GrainType("seat")]
internal sealed class SeatDouble : Grain, ISeatGrain, ISeatWorker
{
    public Task Ask(SeatBrief brief)
    {
        _ = Say(brief);
        return Task.CompletedTask;
    }

    public Task Stop() => Task.CompletedTask;

    public Task Erase() => Task.CompletedTask;

    public Task<SeatView?> View() => Task.FromResult<SeatView?>(null);

    private async Task Say(SeatBrief brief)
    {
        var panel = GrainFactory.GetGrain<IPanelReceiver>(
            TenantKey.For(TenantKey.TenantOf(this.GetPrimaryKeyString()), brief.PanelId));
        var (first, rest) = ($"{brief.Seat} says of \"{brief.Question}\": ", brief.Seat == "s2" ? "no." : "yes.");
        await panel.Saying(new(brief.Round, brief.Seat, 1, 0, first));
        await panel.Saying(new(brief.Round, brief.Seat, 1, first.Length, rest));
        await panel.Said(brief.Round, brief.Seat, new(first + rest) { Stance = rest, Confidence = 0.8 }, new Usage(10, 5),
            "double");
    }
}
