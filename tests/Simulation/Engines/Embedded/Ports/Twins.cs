using Colloquy.Memory;
using Colloquy.Selection;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>The directory loses track of a selector that learns and of a memory that records: two of them serve then.</summary>
internal sealed class Twins(Simulation simulation, Sky sky, Parts parts) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var method = context.InterfaceMethod;
        var isLearning = method.DeclaringType == typeof(ISelectorGrain) && method.Name == nameof(ISelectorGrain.Learn);
        var isRecording = method.DeclaringType == typeof(IMemoryGrain) && method.Name == nameof(IMemoryGrain.Record);
        if ((isLearning || isRecording) && simulation.Chance(sky.Now.Twins))
            simulation.Duplicate(context.TargetId); // while this one serves
        if (isLearning)
            context.Request.SetArgument(0, parts.Label((SelectionLabel)context.Request.GetArgument(0)!));
        return context.Invoke();
    }
}
