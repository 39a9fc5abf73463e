using System.Collections.Immutable;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Vote;

/// <summary>What is valid of what a seat voted.</summary>
/// <param name="Eligible">Labels that this voter may rank.</param>
/// <param name="Ranking">Eligible labels, best first; one at least. Where voters do not rank, the choice is the first.</param>
internal sealed record Ballot(PanelEntry Entry, ImmutableArray<string> Eligible, ImmutableArray<string> Ranking, double Weight)
{
    public string Choice => Ranking[0];
}

/// <summary>Reads ballots.</summary>
/// <remarks>
/// A label is understood as people write it (<c>b</c>, <c>B.</c>, <c>Option B</c>). Unknown labels and repeats are passed over,
/// and what is left counts; with nothing left there was no ballot. Where voters rank (Borda), nobody ranks what it holds itself,
/// unless fewer than two others would be left to compare.
/// </remarks>
internal static class Ballots
{
    public static ImmutableArray<Ballot> Of(PanelState state, ImmutableArray<PanelOption> options)
    {
        var isRanked = state.Charter!.Rule == VoteRules.Borda;
        var read = state.In(1, PanelPhases.Ballot)
            .Select(entry => Read(entry, options, isRanked)).OfType<Ballot>().ToArray();
        var weights = Weights.Of(state, read.Select(ballot => ballot.Entry));
        return [.. read.Select(ballot => ballot with { Weight = weights[ballot.Entry.Seat] })];
    }

    /// <summary>The labels of what a seat may rank.</summary>
    public static ImmutableArray<string> Eligible(string seat, ImmutableArray<PanelOption> options)
    {
        var others = options.Where(option => !option.Authors.Contains(seat)).Select(option => option.Label).ToImmutableArray();
        return others.Length >= 2 ? others : [.. options.Select(option => option.Label)];
    }

    private static Ballot? Read(PanelEntry entry, ImmutableArray<PanelOption> options, bool isRanked)
    {
        var said = entry.Said;
        var eligible = isRanked ? Eligible(entry.Seat, options) : [.. options.Select(option => option.Label)];
        var choice = said.Choice is null ? ImmutableArray<string>.Empty : [said.Choice];
        var named = (isRanked ? said.Ranking.AddRange(choice) : choice.AddRange(said.Ranking))
            .Select(Label).Where(label => eligible.Contains(label)).Distinct(StringComparer.Ordinal).ToImmutableArray();
        return named.IsEmpty ? null : new(entry, eligible, named, 0);
    }

    private static string Label(string written)
    {
        var words = written.ToUpperInvariant().Split([' ', '.', ':', ')', '(', '"', '*'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["OPTION", var label, ..] ? label : words is [var first, ..] ? first : "";
    }
}
