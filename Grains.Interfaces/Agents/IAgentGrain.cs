using System.Collections.Immutable;

namespace Colloquy.Agents;

/// <summary>One expert of one tenant, keyed by <c>{tenant}/{agent}</c>. A built-in expert exists in every tenant until the tenant
/// changes it: then the change is the tenant's own next version.</summary>
[Alias("agent")]
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>Creates the agent and publishes it as version 1, or as the next one if an agent of this id was deleted: a number
    /// names one text for ever. Durable on return. A repeat with the same operation answers the same.</summary>
    [Alias("create")]
    Task<AgentResult> Create(AgentProfile profile, string by, string? operation);

    /// <summary>Changes the draft. Runs are not touched by it. Durable on return.</summary>
    [Alias("change")]
    Task<AgentResult> Change(AgentChange change);

    /// <summary>Makes the draft the next version, or an earlier version current again. Durable on return; publishing what is
    /// published changes nothing.</summary>
    [Alias("publish")]
    Task<AgentResult> Publish(int? version, string by);

    /// <summary>Takes the agent out of use. Runs under way end with the version they have; built-in agents come back as
    /// shipped.</summary>
    [Alias("delete")]
    Task<AgentResult> Delete();

    /// <summary>The published version, or null.</summary>
    [Alias("published"), AlwaysInterleave]
    Task<AgentProfile?> Published();

    /// <summary>A version that was published at some time, also of a deleted agent; or null.</summary>
    [Alias("at"), AlwaysInterleave]
    Task<AgentProfile?> At(int version);

    [Alias("view"), AlwaysInterleave]
    Task<AgentView?> View();

    /// <summary>All versions, newest first.</summary>
    [Alias("versions"), AlwaysInterleave]
    Task<ImmutableArray<AgentVersionView>> Versions();
}

/// <summary>The agents of a tenant, keyed by <c>{tenant}/agents</c>: an index that agents keep up to date.</summary>
[Alias("catalogue")]
public interface ICatalogueGrain : IGrainWithStringKey
{
    /// <summary>Lists an agent. Durable on return. False if the tenant has as many as it may.</summary>
    /// <param name="revision">The agent's own count of changes: what comes late or twice changes nothing.</param>
    [Alias("list")]
    Task<bool> List(AgentProfile profile, long revision);

    /// <summary>Takes an agent off the list; one that ships is listed as shipped again. Durable on return.</summary>
    [Alias("delist")]
    Task Delist(string agent, long revision);

    /// <summary>Built-in and own agents as published, by id.</summary>
    [Alias("all"), AlwaysInterleave]
    Task<ImmutableArray<AgentProfile>> All();

    /// <summary>The same with its stamp; null if the stamp is still the one that the caller has.</summary>
    [Alias("changed"), AlwaysInterleave]
    Task<CatalogueView?> Changed(string? stamp);
}

/// <param name="Stamp">Changes whenever an agent does; equal stamps mean equal agents.</param>
[GenerateSerializer, Alias("catalogue.view"), Immutable]
public sealed record CatalogueView(string Stamp, ImmutableArray<AgentProfile> Agents);
