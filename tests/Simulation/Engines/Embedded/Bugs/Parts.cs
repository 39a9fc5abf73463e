using Colloquy.Journals;
using Colloquy.Selection;
using Colloquy.Tools;
using Orleans.Embedded;
using Orleans.Storage;

namespace Colloquy.Simulated;

/// <summary>What a world is made of. The right one takes every part as it is; each seeded bug puts one wrong part in its place.</summary>
internal record Parts
{
    /// <summary>Between the grains and the store.</summary>
    public virtual IJournalStore Journal(IJournalStore store, Simulation simulation) => store;

    public virtual IGrainStorage Documents(IGrainStorage storage) => storage;

    /// <summary>What reaches the selector of a label.</summary>
    public virtual SelectionLabel Label(SelectionLabel label) => label;

    public virtual ITool Tool(string name, SideEffect effect, Outside outside, Simulation simulation, Sky sky) =>
        new SimulatedTool(name, effect, outside, simulation, sky);

    public virtual ViewerLink Link(IGrainFactory grains, Simulation simulation, Sky sky) => new(grains, simulation, sky);

    /// <summary>A call of a grain, before the grain has it.</summary>
    public virtual Task Call(IIncomingGrainCallContext context) => context.Invoke();

    /// <summary>How far back a power loss reaches: what was acknowledged before that stays.</summary>
    public virtual TimeSpan Unsynced => TimeSpan.Zero;
}
