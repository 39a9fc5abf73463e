using System.Collections.Immutable;

namespace Colloquy.Sessions;

/// <summary>The panel that is to answer a message. People cannot sit on it: a conversation does not wait for hours.</summary>
/// <param name="Protocol">One of <see cref="Panels.PanelProtocols"/>; null for that of the standing panel, or the usual
/// one.</param>
/// <param name="Agents">Its members; empty has it composed.</param>
/// <param name="Rule">One of <see cref="Panels.VoteRules"/>, or null.</param>
/// <param name="Cycles">Passes of the protocol, or null for its own.</param>
/// <param name="Standing">The standing panel that answers, or null.</param>
[GenerateSerializer, Alias("session.panel"), Immutable]
public sealed record SessionPanel(
    string? Protocol, ImmutableArray<string> Agents, string? Rule = null, int? Cycles = null, int? Quorum = null, string? Standing = null);
