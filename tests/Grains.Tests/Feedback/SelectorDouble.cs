using System.Collections.Concurrent;
using System.Collections.Immutable;
using Colloquy.Selection;

namespace Colloquy.Tests.Feedback;

/// <summary>A selector that only counts what it is taught: each key once.</summary>
[GrainType("test-selector")]
public sealed class SelectorDouble : Grain, ISelectorGrain
{
    private static readonly ConcurrentDictionary<string, ImmutableList<SelectionLabel>> _labels = new(StringComparer.Ordinal);

    public static ImmutableList<SelectionLabel> LabelsOf(string key) => _labels.GetValueOrDefault(key, []);

    public Task<bool> Learn(SelectionLabel label)
    {
        var before = LabelsOf(this.GetPrimaryKeyString());
        var isNew = before.All(known => known.Key != label.Key);
        if (isNew)
            _labels[this.GetPrimaryKeyString()] = before.Add(label);
        return Task.FromResult(isNew);
    }

    public Task<RankerView> Ranker()
    {
        var labels = LabelsOf(this.GetPrimaryKeyString()).Count;
        var none = ImmutableSortedDictionary<string, double>.Empty;
        return Task.FromResult(new RankerView(labels, labels, none, none));
    }

    public Task<ImmutableArray<AgentHit>> Search(AgentQuery query) => throw new NotSupportedException("It only counts.");

    public Task<AgentSelection> Select(AgentQuery query) => throw new NotSupportedException("It only counts.");

    public Task<SelectionReport> Evaluate(ImmutableArray<LabelledQuestion> questions) =>
        throw new NotSupportedException("It only counts.");

    public Task Reset() => throw new NotSupportedException("It only counts.");
}
