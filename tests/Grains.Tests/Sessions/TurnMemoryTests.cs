using System.Collections.Immutable;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Memory;
using Colloquy.Memory.Extraction;
using Colloquy.Models;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Colloquy.Tests.Sessions;

/// <summary>What a run says that it remembers, when more than one attempt was made at it.</summary>
public sealed class TurnMemoryTests : IAsyncLifetime
{
    private const string Question = "My name is Ada and I live in Graz.";
    private readonly EngineHost _engine = new(silo =>
    {
        silo.UseInMemoryReminderService();
        silo.AddColloquyGrains();
        silo.Services.AddSingleton<IFactStore, MemoryFactStore>();
        silo.Services.AddSingleton<IEmbedders, WordEmbedders>();
    });

    private IMemoryGrain Memory => _engine.Client.GetGrain<IMemoryGrain>(TenantKey.For("acme", "user:ada"));

    public Task InitializeAsync() => _engine.Start();

    public Task DisposeAsync() => _engine.Stop();

    [Theory]
    [InlineData("")]
    [InlineData("lives in Graz")]
    public async Task An_attempt_that_reads_other_facts_tells_what_the_one_before_it_recorded(string readAgain)
    {
        var first = await Propose(3, "name is Ada");
        var second = await Propose(4, readAgain);

        Assert.Equal("The user name is Ada.", Assert.Single(first).Text);
        Assert.Equal(first.AsEnumerable(), second);
        CallerTenant.Set("acme");
        Assert.Single((await Memory.List(true, null, 10)).Items);
    }

    [Fact]
    public async Task An_attempt_that_is_no_longer_the_one_under_way_records_nothing()
    {
        Assert.Empty(await Propose(3, "name is Ada", holds: false));
        CallerTenant.Set("acme");
        Assert.Empty((await Memory.List(true, null, 10)).Items);
    }

    private async Task<ImmutableArray<MemoryNote>> Propose(long attempt, string reads, bool holds = true)
    {
        CallerTenant.Set("acme");
        var memory = new TurnMemory("acme", SessionState.Empty with { Id = "ses_1" }, "ada", null, _engine.Client,
            new MemoryExtractor(new Reader(reads), NullLogger<MemoryExtractor>.Instance),
            new Delivery(TimeProvider.System, NullLogger.Instance), NullLogger.Instance);
        var run = new RunState("run_1", 1, "msg_1q", null, "msg_1a", Question, "ada", "expert", 1, default, default, StartEpoch: 3);
        return (await memory.Propose(run, attempt, () => Task.FromResult(holds), null, Question, "Well.", default)).Notes;
    }

    /// <summary>Reads one fact of two words and a value, or none.</summary>
    private sealed class Reader(string fact) : IChatClient, IModelCatalogue
    {
        public IReadOnlyList<string> Names => ["reader"];

        public ModelHandle Resolve(string? model) => new("reader", this, 32_000);

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var words = fact.Split(' ');
            var one = fact.Length == 0 ? "" : $$"""
                {"subject":"user","predicate":"{{words[0]}} {{words[1]}}","object":"{{words[2]}}","text":"The user {{fact}}.",
                "confidence":0.8,"quote":"{{words[2]}}"}
                """;
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $$"""{"facts":[{{one}}]}""")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
