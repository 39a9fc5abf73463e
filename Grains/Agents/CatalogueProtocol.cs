using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Agents;

/// <summary>What may happen to the catalogue of a tenant. Messages of agents may come twice, and an old one after a newer one:
/// neither changes anything. An unchanged state is the same object.</summary>
internal static class CatalogueProtocol
{
    /// <summary>Own agents of a tenant: the catalogue is one document, written whole at each publication.</summary>
    public const int AgentsMax = 500;

    /// <summary>Agents that left and whose late messages are still known as late.</summary>
    public const int LeftMax = 500;

    public static (CatalogueState Next, bool Answer) List(CatalogueState state, AgentProfile profile, long revision)
    {
        var found = state.Entries.FirstOrDefault(entry => entry.Profile.Id == profile.Id);
        if (revision <= (found?.Revision ?? LeftAt(state, profile.Id)))
            return (state, true);
        if (found is null && state.Entries.Length >= AgentsMax)
            return (state, false);
        var others = found is null ? state.Entries : state.Entries.Remove(found);
        var entries = others.Add(new CatalogueEntry(profile, revision));
        return (new CatalogueState
        {
            Entries = [.. entries.OrderBy(entry => entry.Profile.Id, StringComparer.Ordinal)],
            Left = state.Left.RemoveAll(left => left.Agent == profile.Id),
        }, true);
    }

    public static (CatalogueState Next, bool Answer) Delist(CatalogueState state, string agent, long revision)
    {
        var found = state.Entries.FirstOrDefault(entry => entry.Profile.Id == agent);
        if (revision <= (found?.Revision ?? LeftAt(state, agent)))
            return (state, true);
        var left = state.Left.RemoveAll(one => one.Agent == agent).Add(new LeftAgent(agent, revision));
        return (new CatalogueState
        {
            Entries = found is null ? state.Entries : state.Entries.Remove(found),
            Left = left.Length > LeftMax ? left.RemoveAt(0) : left,
        }, true);
    }

    /// <summary>Built-in and own agents by id; an own one takes the place of the built-in it changes.</summary>
    public static ImmutableArray<AgentProfile> All(CatalogueState state) =>
    [
        .. state.Entries.Select(entry => entry.Profile)
            .UnionBy(BuiltInAgents.All, agent => agent.Id, StringComparer.Ordinal)
            .OrderBy(agent => agent.Id, StringComparer.Ordinal),
    ];

    /// <summary>The same with a hash over all of them and their versions.</summary>
    public static CatalogueView View(CatalogueState state)
    {
        var agents = All(state);
        var lines = string.Join('\n', agents.Select(agent => $"{Profiles.Hash(agent)}@{agent.Version}"));
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines))), agents);
    }

    private static long LeftAt(CatalogueState state, string agent) =>
        state.Left.FirstOrDefault(left => left.Agent == agent)?.Revision ?? 0;
}
