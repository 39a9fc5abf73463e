using Colloquy.Panels;
using Colloquy.Panels.Seats;
using Orleans.Embedded;
using Orleans.Storage;

namespace Colloquy.Simulated;

/// <summary>Looks at what seats are asked and what they keep; and while one serves, the directory may lose track of it.</summary>
internal sealed class SeatCalls(Simulation simulation, Sky sky, SeatBook book) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var (type, name) = (context.InterfaceMethod.DeclaringType, context.InterfaceMethod.Name);
        var seat = context.TargetId.Key.ToString()!;
        if (type == typeof(ISeatWorker) && name == nameof(ISeatWorker.Ask))
        {
            if (simulation.Chance(sky.Now.Twins / 6))
                simulation.Duplicate(context.TargetId);
            book.Ask((SeatBrief)context.Request.GetArgument(0)!, seat, context.Grain);
        }
        await context.Invoke();
        if (type == typeof(ISeatReceiver) && context.Result is SeatAnswer)
            book.Kept(seat, (int)context.Request.GetArgument(0)!, context.Grain);
    }
}

/// <summary>Where a wrong part stands before calls, and before whoever looks at them.</summary>
internal sealed class PartCalls(Parts parts) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => parts.Call(context);
}

/// <summary>Notes which answers seats' documents hold.</summary>
internal sealed class SeatDocuments(IGrainStorage inner, SeatBook book) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var written = grainState.State;
        await inner.WriteStateAsync(stateName, grainId, grainState);
        if (written is SeatState { Asked: { Answer: not null } asked })
            book.Held(grainId.Key.ToString()!, asked.Round);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(stateName, grainId, grainState);
}
