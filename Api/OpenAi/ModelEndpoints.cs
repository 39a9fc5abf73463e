using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Hosting;
using Colloquy.Tenants;

namespace Colloquy.OpenAi;

/// <summary>An agent as OpenAI's clients know models.</summary>
/// <param name="Owner">The tenant, or <c>colloquy</c> for an agent that ships.</param>
internal sealed record ModelCard(string Id, DateTimeOffset Created, string Owner)
{
    /// <summary>Agents that ship have no date of their own: this is when they first did.</summary>
    private static readonly DateTimeOffset Shipped = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Has an agent selected.</summary>
    public static readonly ModelCard Auto = new(AgentIds.Auto, Shipped, "colloquy");

    /// <summary>Has a panel convened.</summary>
    public static ModelCard OfPanel(string name) => new(name, Shipped, "colloquy");

    public static ModelCard Of(AgentView agent, string tenant) =>
        new(agent.Profile.Id, agent.ChangedAt ?? Shipped, agent.BuiltIn ? "colloquy" : tenant);

    /// <summary>An embedding model, owned by its provider.</summary>
    public static ModelCard OfEmbedder(string name) => new(name, Shipped, name.Split('/')[0] switch
    {
        "hashed" => "colloquy",
        "hf" => "huggingface",
        var provider => provider,
    });

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, Created.ToUnixTimeSeconds());
        json.WriteString("owned_by"u8, Owner);
        json.WriteEndObject();
    }
}

/// <summary>The tenant's agents and the ways to convene them as models, and the deployment's embedding models behind
/// them.</summary>
internal static class ModelEndpoints
{
    public static async Task<IResult> List(Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var agents = await calls.Catalogue(caller.Tenant).Ask(catalogue => catalogue.All(), cancellation);
        var views = await Task.WhenAll(
            agents.Select(agent => calls.Agent(caller.Tenant, agent.Id).Ask(grain => grain.View(), cancellation)));
        var embedders = await Embedders(caller, calls, cancellation);
        var models = views.OfType<AgentView>().Select(view => ModelCard.Of(view, caller.Tenant)).Prepend(ModelCard.Auto)
            .Concat(PanelModels.Names.Select(ModelCard.OfPanel))
            .OrderBy(model => model.Id, StringComparer.Ordinal)
            .Concat(embedders.Select(ModelCard.OfEmbedder));
        return new OpenAiResult(wire => wire.Models(models));
    }

    public static async Task<IResult> View(string model, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        model is AgentIds.Auto ? new OpenAiResult(wire => wire.Model(ModelCard.Auto))
        : PanelModels.ProtocolOf(model) is not null ? new OpenAiResult(wire => wire.Model(ModelCard.OfPanel(model)))
        : TenantKey.IsName(model) && await calls.Agent(caller.Tenant, model).Ask(agent => agent.View(), cancellation) is { } view
            ? new OpenAiResult(wire => wire.Model(ModelCard.Of(view, caller.Tenant)))
            // A slash in a name comes escaped, and the router leaves it so.
            : Uri.UnescapeDataString(model) is var name && (await Embedders(caller, calls, cancellation)).Contains(name)
            ? new OpenAiResult(wire => wire.Model(ModelCard.OfEmbedder(name)))
            : OpenAiCodes.UnknownModel(model);

    private static Task<ImmutableArray<string>> Embedders(Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        calls.Embedder(caller.Tenant).Ask(embedder => embedder.Models(), cancellation);
}

/// <summary>A body in OpenAI's words.</summary>
internal sealed class OpenAiResult(Action<Wire> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = Wire.Json;
        write(new Wire(httpContext.Response.BodyWriter));
        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
