using System.Collections.Immutable;
using Colloquy.Agents;

namespace Colloquy.Selection;

/// <summary>What a question finds: the index it was read for, and the ranked candidates, best first.</summary>
internal sealed record Ranking(AgentIndex Index, ReadQuestion Question, ImmutableArray<Ranked> Candidates)
{
    /// <summary>What the ranker chooses.</summary>
    public AgentSelection Decide(SelectorState state) => SelectionProtocol.Decide(
        Candidates, Question.Vector is null ? SelectionMethods.WordsOnly : SelectionMethods.Ranker, state.Version);
}

/// <summary>Gathers what the pure parts work on: index, vector of the question, coverage by knowledge, memory of labels.</summary>
internal sealed class Selector(AgentDirectory directory, VectorShelf shelf, KnowledgeCoverage coverage)
{
    /// <summary>Filter, both searches, fusion, and the ranker's scores of the best.</summary>
    public async Task<Ranking> Rank(string text, SelectorState state, Func<AgentProfile, bool> may)
    {
        var (index, question) = await Read(text);
        var memory = await directory.Memory(state.Labels);
        ImmutableArray<AgentMatch> matches = [.. index.Match(question, may).Take(SelectionLimits.Candidates)];
        return new(index, question, await Rank(question, matches, memory, state));
    }

    /// <summary>The signals of one agent, whoever else there is; null if there is no such agent.</summary>
    public async Task<IReadOnlyDictionary<string, double>?> SignalsOf(string agent, string text, SelectorState state)
    {
        var (index, question) = await Read(text);
        var memory = await directory.Memory(state.Labels);
        var ranked = await Rank(question, index.Match(question, profile => profile.Id == agent), memory, state);
        return ranked is [var one] ? one.Signals : null;
    }

    /// <summary>Both searches alone.</summary>
    public async Task<(ReadQuestion Question, ImmutableArray<AgentMatch> Matches)> Search(
        string text, Func<AgentProfile, bool> may)
    {
        var (index, question) = await Read(text);
        return (question, index.Match(question, may));
    }

    private async Task<(AgentIndex, ReadQuestion)> Read(string text)
    {
        var index = await directory.Index();
        return (index, index.Read(text, await shelf.Ask(text)));
    }

    private async Task<ImmutableArray<Ranked>> Rank(
        ReadQuestion question, ImmutableArray<AgentMatch> matches, LabelMemory memory, SelectorState state)
    {
        var covered = await coverage.Of(question, [.. matches.Select(match => match.Agent.Profile)]);
        var (weights, history) = (state.Weights(), memory.Of(question));
        return
        [
            .. matches.Select(match =>
                {
                    var profile = match.Agent.Profile;
                    var signals = Signals.Of(match, question, covered[profile.Id], history.GetValueOrDefault(profile.Id));
                    return new Ranked(
                        profile, Ranker.Score(weights, state.Biases.GetValueOrDefault(profile.Id), signals), signals);
                })
                .OrderByDescending(one => one.Score)
                .ThenBy(one => one.Agent.Id, StringComparer.Ordinal),
        ];
    }
}
