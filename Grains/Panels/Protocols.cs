using System.Collections.Frozen;
using System.Collections.Immutable;
using Colloquy.Panels.Adversarial;
using Colloquy.Panels.Consensus;
using Colloquy.Panels.Delphi;
using Colloquy.Panels.Parallel;
using Colloquy.Panels.Review;
using Colloquy.Panels.Roundtable;
using Colloquy.Panels.Socratic;
using Colloquy.Panels.Vote;

namespace Colloquy.Panels;

/// <summary>All protocols, by name.</summary>
internal static class Protocols
{
    private static readonly FrozenDictionary<string, IPanelProtocol> _all = new IPanelProtocol[]
    {
        new ConsensusProtocol(),
        new DelphiProtocol(),
        new ParallelProtocol(),
        new RoundtableProtocol(),
        new AdversarialProtocol(),
        new SocraticProtocol(),
        new ReviewProtocol(),
        new VoteProtocol(),
    }.ToFrozenDictionary(protocol => protocol.Name, StringComparer.Ordinal);

    public static ImmutableArray<string> Names => [.. _all.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="KeyNotFoundException">There is no such protocol.</exception>
    public static IPanelProtocol Of(string name) => _all[name];
}
