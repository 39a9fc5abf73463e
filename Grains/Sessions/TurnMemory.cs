using System.Collections.Immutable;
using Colloquy.Memory;
using Colloquy.Memory.Extraction;
using Colloquy.Runs;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Sessions;

/// <summary>What one turn knows of earlier conversations, and what later ones will know of it.</summary>
internal sealed class TurnMemory(
    string tenant, SessionState session, string author, string? agent, IGrainFactory grains, MemoryExtractor extractor,
    Delivery delivery, ILogger logger)
{
    /// <summary>Facts for the prompt, as many as it has room for; none where the session forgets.</summary>
    public async Task<ImmutableArray<FactHit>> Recall(string question) => session.Forgets is true ? []
        : await MemoryRecall.Find(grains, tenant, Scopes(), question, SessionLimits.MemoryTokens, logger);

    /// <summary>Reads facts from what the user said and records them as proposals, in the user's own scope. They are durable on
    /// return; another attempt at the same run records no fact twice.</summary>
    /// <param name="attempt">The epoch of this attempt.</param>
    /// <param name="holds">Whether the attempt is still the one under way: no other one records anything.</param>
    /// <param name="model">The agent's model, or null.</param>
    public async Task<(ImmutableArray<MemoryNote> Notes, Usage Usage)> Propose(
        RunState run, long attempt, Func<Task<bool>> holds, string? model, string question, string answer,
        CancellationToken cancellation)
    {
        if (session.Forgets is true)
            return ([], Usage.None);
        var scope = MemoryScopes.User(author);
        var memory = grains.GetGrain<IMemoryGrain>(TenantKey.For(tenant, scope));
        // A model reads the same words in another way each time: what an earlier attempt recorded is what there is to tell.
        var isRepeat = attempt != run.StartEpoch;
        if (isRepeat && await Recorded(memory, run) is { IsEmpty: false } earlier)
            return (Notes(scope, earlier), Usage.None);
        var source = new FactSource("message", "rules", session.Id, run.Id, run.QuestionId);
        var read = await extractor.Extract(model, new(question, answer, source), cancellation);
        if (read.Drafts.IsEmpty)
            return (isRepeat ? Notes(scope, await Recorded(memory, run)) : [], read.Usage);
        if (!await holds())
            return ([], read.Usage);
        var recorded = await delivery.Ask(run.Id, () => memory.Record(run.Id, read.Drafts));
        // Another attempt was on its way, and came in between.
        var facts = recorded.Status is MemoryStatus.KeyReused ? await Recorded(memory, run) : recorded.Facts;
        return (Notes(scope, facts), read.Usage);
    }

    /// <summary>The facts that this run has recorded already.</summary>
    private async Task<ImmutableArray<Fact>> Recorded(IMemoryGrain memory, RunState run)
    {
        var found = await Task.WhenAll(Enumerable.Range(0, FactRules.FactsMax)
            .Select(index => delivery.Ask(run.Id, () => memory.Find(FactIds.Of(run.Id, index)))));
        return [.. found.OfType<Fact>()];
    }

    private static ImmutableArray<MemoryNote> Notes(string scope, ImmutableArray<Fact> facts) =>
        [.. facts.Select(fact => new MemoryNote(scope, fact.Id, fact.Text))];

    /// <summary>Whose memories a prompt may be told, the nearest first.</summary>
    private ImmutableArray<string> Scopes() => agent is null
        ? [MemoryScopes.Session(session.Id!), MemoryScopes.User(author), MemoryScopes.Tenant]
        : [MemoryScopes.Session(session.Id!), MemoryScopes.User(author), MemoryScopes.Agent(agent), MemoryScopes.Tenant];
}
