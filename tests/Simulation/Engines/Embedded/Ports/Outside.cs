using System.Text.Json;
using Colloquy.Tools;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>The world outside: it counts what was done to it, by the step of the run that did it.</summary>
internal sealed class Outside
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>Effects by logical step.</summary>
    public SortedDictionary<string, int> Effects { get; } = new(StringComparer.Ordinal);

    /// <summary>Calls of the opaque tool by logical step.</summary>
    public SortedDictionary<string, int> OpaqueCalls { get; } = new(StringComparer.Ordinal);

    public void Book(string key, string step)
    {
        if (_keys.Add(key))
            Effects[step] = Effects.GetValueOrDefault(step) + 1;
    }

    public void Sound(string step) => OpaqueCalls[step] = OpaqueCalls.GetValueOrDefault(step) + 1;
}

/// <summary>A tool with an effect, of one class or the other.</summary>
internal class SimulatedTool(string name, SideEffect effect, Outside outside, Simulation simulation, Sky sky) : ITool
{
    public ToolDescriptor Descriptor { get; } = new(
        name, "Does something.", JsonDocument.Parse("""{"type":"object"}""").RootElement, effect, TimeSpan.FromSeconds(8));

    public async Task<string> Invoke(ToolInvocation invocation, CancellationToken cancellation)
    {
        await Travel(cancellation);
        if (simulation.Chance(sky.Now.ToolFails))
            throw new ToolException("refused", "Not done.");
        if (effect is SideEffect.Opaque)
            outside.Sound(invocation.OperationId);
        else
            outside.Book(KeyOf(invocation), invocation.OperationId);
        if (simulation.Chance(sky.Now.ToolFails))
            throw new ToolException("no_answer", "It is not known whether it was done.");
        await Travel(cancellation);
        return "done";
    }

    /// <summary>By what the outside knows a repeat.</summary>
    protected virtual string KeyOf(ToolInvocation invocation) => invocation.OperationId;

    private Task Travel(CancellationToken cancellation) => Task.Delay(
        simulation.Duration(TimeSpan.FromSeconds(simulation.Chance(0.15) ? 7 : 0.3)), simulation.Time, cancellation);
}
