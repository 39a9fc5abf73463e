using Colloquy.Budgets;
using Colloquy.Journals;
using Colloquy.Panels;
using Colloquy.Panels.Seats;
using Colloquy.Runs;
using Orleans.Embedded;
using Orleans.Storage;

namespace Colloquy.Simulated;

/// <summary>A wrong part that stands before calls of grains. A call that it keeps to itself is answered with nothing.</summary>
internal abstract record WrongCalls : Parts
{
    protected static bool Is<T>(IIncomingGrainCallContext context, string method) =>
        context.InterfaceMethod.DeclaringType == typeof(T) && context.InterfaceMethod.Name == method;
}

/// <summary>Seats that keep their attempts and forget their answers.</summary>
internal sealed record ForgetsAnswers : Parts
{
    public override IGrainStorage Documents(IGrainStorage storage) => new Wrong(storage);

    private sealed class Wrong(IGrainStorage storage) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ReadStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (grainState.State is SeatState { Asked.Answer: not null } seat)
                grainState.State = (T)(object)(seat with { Asked = seat.Asked with { Answer = null } });
            await storage.WriteStateAsync(stateName, grainId, grainState);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ClearStateAsync(stateName, grainId, grainState);
    }
}

/// <summary>Takes what comes late for an answer to the round that is open by now.</summary>
internal sealed record CountsLateAnswers : WrongCalls
{
    private readonly Dictionary<string, int> _rounds = new(StringComparer.Ordinal);

    public override Task Call(IIncomingGrainCallContext context)
    {
        if (Is<ISeatWorker>(context, nameof(ISeatWorker.Ask)))
        {
            var brief = (SeatBrief)context.Request.GetArgument(0)!;
            _rounds[brief.PanelId] = Math.Max(brief.Round, _rounds.GetValueOrDefault(brief.PanelId));
        }
        if (Is<IPanelReceiver>(context, nameof(IPanelReceiver.Said)))
        {
            var panel = context.TargetId.Key.ToString()!.Split('/')[^1];
            context.Request.SetArgument(0, _rounds.GetValueOrDefault(panel, (int)context.Request.GetArgument(0)!));
        }
        return context.Invoke();
    }
}

/// <summary>Looks at the clock for as long as the activation lives that convened the panel, and not after a restart.</summary>
internal sealed record ForgetsTheClock : WrongCalls
{
    private readonly Dictionary<string, object> _first = new(StringComparer.Ordinal);

    public override Task Call(IIncomingGrainCallContext context)
    {
        var key = context.TargetId.ToString();
        if (Is<IPanelGrain>(context, nameof(IPanelGrain.Convene)))
            _first.TryAdd(key, context.Grain);
        var isClock = Is<IPanelReceiver>(context, nameof(IPanelReceiver.Tick)) || Is<IWatched>(context, nameof(IWatched.Poke));
        return isClock && _first.TryGetValue(key, out var first) && first != context.Grain ? Task.CompletedTask : context.Invoke();
    }
}

/// <summary>Closes the work of a panel with its end: what follows from the end is done once, or not at all.</summary>
internal sealed record FinishesOnce : Parts
{
    public override IJournalStore Journal(IJournalStore store, Simulation simulation) => new Wrong(store);

    private sealed class Wrong(IJournalStore store) : JournalDecorator(store)
    {
        public override Task<AppendOutcome> Append(JournalAppend append, CancellationToken cancellation)
        {
            var isEnd = append.Lines.Count > 0 && append.Journal.Contains(RunIds.PanelPrefix, StringComparison.Ordinal)
                && JournalCheck.IsEnd(JournalLines.TypeOf(append.Lines[^1]));
            return base.Append(isEnd ? append with { Work = WorkChange.Close } : append, cancellation);
        }
    }
}

/// <summary>A seat that begins anew whenever it is asked, also what it is writing.</summary>
internal sealed record BeginsAnewWhenAsked : WrongCalls
{
    public override async Task Call(IIncomingGrainCallContext context)
    {
        if (Is<ISeatWorker>(context, nameof(ISeatWorker.Ask)))
            await ((Grain)context.Grain).OnDeactivateAsync(default, CancellationToken.None); // which stops what is being written
        await context.Invoke();
    }
}

/// <summary>Asks the seats of a round once.</summary>
internal sealed record AsksOnce : WrongCalls
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    // The panel believes that it asked. A question that is lost never comes here, so every eighth stands for such.
    private int _calls;

    public override Task Call(IIncomingGrainCallContext context)
    {
        if (!Is<ISeatWorker>(context, nameof(ISeatWorker.Ask)))
            return context.Invoke();
        var isFirst = _asked.Add(((SeatBrief)context.Request.GetArgument(0)!).MessageId);
        return isFirst && ++_calls % 8 > 0 ? context.Invoke() : Task.CompletedTask;
    }
}

/// <summary>Takes words of a seat for those that follow, wherever they belong.</summary>
internal sealed record HasNoOffsets : WrongCalls
{
    private readonly Dictionary<(string Panel, int Round, string Seat, long Attempt), int> _known = [];

    public override async Task Call(IIncomingGrainCallContext context)
    {
        if (!Is<IPanelReceiver>(context, nameof(IPanelReceiver.Saying)))
        {
            await context.Invoke();
            return;
        }
        var words = (SeatWords)context.Request.GetArgument(0)!;
        var key = (context.TargetId.ToString(), words.Round, words.Seat, words.Attempt);
        context.Request.SetArgument(0, words with { Offset = _known.GetValueOrDefault(key) });
        await context.Invoke();
        if (context.Result is > 0 and int known)
            _known[key] = known;
    }
}

/// <summary>Leaves what a cancelled panel has set aside to itself.</summary>
internal sealed record SettlesNothingOnCancel : WrongCalls
{
    private readonly HashSet<string> _cancelled = new(StringComparer.Ordinal);

    public override Task Call(IIncomingGrainCallContext context)
    {
        if (Is<IPanelGrain>(context, nameof(IPanelGrain.Cancel)))
            _cancelled.Add(context.TargetId.Key.ToString()!.Split('/')[^1]);
        var isLost = Is<IBudgetGrain>(context, nameof(IBudgetGrain.Settle))
            && _cancelled.Contains(((string)context.Request.GetArgument(0)!).Split('.')[0]);
        return isLost ? Task.CompletedTask : context.Invoke();
    }
}
