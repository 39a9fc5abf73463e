using Colloquy.Models;
using Colloquy.Runs;

namespace Colloquy.Panels.Seats;

/// <summary>What one attempt may spend: set aside in the tenant's budget before a model is called, settled whatever comes of the
/// call.</summary>
/// <param name="reserve">Sets tokens aside under a part of the attempt's operation. False where the budget denies it.</param>
/// <param name="settle">Replaces what was set aside by what was spent.</param>
/// <param name="tokensLeft">What the panel leaves to the seat, or null for no bound.</param>
internal sealed class SeatPurse(Func<string, long, Task<bool>> reserve, Func<string, long, Task> settle, long? tokensLeft)
{
    /// <summary>Spent so far in this attempt.</summary>
    public Usage Spent { get; private set; } = Usage.None;

    /// <summary>Tokens that an answer may have behind a prompt of this length; less than <see cref="SeatLimits.OutputTokensMin"/>
    /// means that there is no use in asking.</summary>
    public int Room(long promptTokens, int most) =>
        tokensLeft is { } left ? (int)Math.Clamp(left - Spent.TotalTokens - promptTokens, 0, most) : most;

    /// <summary>Makes a call that costs. False if the budget does not allow it: then nothing was called.</summary>
    /// <param name="part">Tells the calls of one attempt apart.</param>
    public async Task<bool> Pay(string part, long promptTokens, int outputTokens, Func<Meter, Task> call)
    {
        if (!await reserve(part, promptTokens + outputTokens))
            return false;
        var meter = new Meter();
        try
        {
            await call(meter);
        }
        catch (Exception failure)
        {
            // What was read and written was paid for, though nobody counted it. A call that was refused at once was not.
            var isPaid = meter.Written > 0 || failure is OperationCanceledException
                or ModelException { Code: ModelErrors.Stalled or ModelErrors.StreamCut };
            await Settle(part, meter.Counted.TotalTokens > 0 ? meter.Counted : isPaid ? meter.Estimate(promptTokens) : Usage.None);
            throw;
        }
        await Settle(part, meter.Counted.TotalTokens > 0 ? meter.Counted : meter.Estimate(promptTokens));
        return true;
    }

    private async Task Settle(string part, Usage usage)
    {
        Spent += usage;
        await settle(part, usage.TotalTokens);
    }

    /// <summary>Counts one call.</summary>
    internal sealed class Meter
    {
        /// <summary>What the model says it was; none if it does not say.</summary>
        public Usage Counted { get; set; } = Usage.None;

        /// <summary>Characters that it wrote.</summary>
        public long Written { get; set; }

        public Usage Estimate(long promptTokens) => new(promptTokens, Written / TokenEstimate.CharactersPerToken);
    }
}
