using Colloquy.Agents;
using Colloquy.Benchmarks.Selection;
using Colloquy.Budgets;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Selection;
using Colloquy.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Colloquy.Tests.Selection;

/// <summary>Selectors on a host that the tests share, with the shipped notes, hashed vectors, and a model that says what a test has
/// it say.</summary>
public sealed class SelectionHost : IAsyncLifetime
{
    private readonly EngineHost _engine;
    private readonly JsonDocuments _states = new(); // each silo is configured anew, and all share what is stored

    public SelectionHost() => _engine = new EngineHost(Configure);

    internal ObedientModel Model { get; } = new();

    public Task InitializeAsync() => _engine.Start();

    public Task DisposeAsync() => _engine.Stop();

    internal ISelectorGrain Selector(string tenant) => Of<ISelectorGrain>(tenant, "selector");

    internal IBudgetGrain Budget(string tenant) => Of<IBudgetGrain>(tenant, "budget");

    internal Task Publish(string tenant, AgentProfile agent) => Of<IAgentGrain>(tenant, agent.Id).Create(agent, "op", null);

    internal Task Plan(string tenant, string plan) => Of<ITenantGrain>(tenant, "tenant").Create(new(tenant, "Test", plan));

    /// <summary>Ends the selector's activation: the next call reads what is stored.</summary>
    internal Task Restart(string tenant) => GrainHost.EndAfter(Selector(tenant), selector => selector.Ranker());

    private TGrain Of<TGrain>(string tenant, string id)
        where TGrain : IGrainWithStringKey => _engine.Client.GetGrain<TGrain>(TenantKey.For(tenant, id));

    private void Configure(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.AddColloquyGrains();
        silo.AddIncomingGrainCallFilter<GrainHost.LastCall>();
        silo.Services.AddSingleton<IKnowledge, ShippedNotes>();
        silo.Services.AddSingleton<IModelCatalogue>(Model);
        silo.Services.AddSingleton<IEmbedders, HashedOnly>();
        silo.Services.AddKeyedSingleton<IGrainStorage>("documents", (_, _) => _states);
    }
}

[CollectionDefinition(Name)]
public sealed class SharedSelection : ICollectionFixture<SelectionHost>
{
    public const string Name = "selection";
}

/// <summary>The extractive model's name until a test gives it an answer; then a model that gives it.</summary>
internal sealed class ObedientModel : IChatClient, IModelCatalogue
{
    public string? Answer { get; set; }

    public HashSet<string> Failing { get; } = [];

    public List<string> Prompts { get; } = [];

    public IReadOnlyList<string> Names => [Resolve(null).Name];

    public ModelHandle Resolve(string? model) => new(Answer is null ? ModelNames.Extractive : "obedient", this, 32_000);

    public bool IsHealthy(string? model) => model is null || !Failing.Contains(model);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Prompts.Add(string.Join('\n', messages.Select(message => message.Text)));
        return Answer == "fail" ? throw new ModelException(ModelErrors.Unreachable, "Refused by the test.")
            : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer))
            {
                Usage = new UsageDetails { TotalTokenCount = 77 },
            });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A selection is not streamed.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
