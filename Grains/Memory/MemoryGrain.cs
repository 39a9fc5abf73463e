using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Kernel;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Memory;

/// <summary>The shell around <see cref="MemoryProtocol"/>: it reads the clock, commits,
/// and has vectors made beside its turns.</summary>
[GrainType("memory")]
internal sealed partial class MemoryGrain : Grain, IMemoryGrain, IFactVectors
{
    private readonly MemoryBook _book;
    private readonly FactMeanings _meanings;
    private readonly TimeProvider _clock;
    private readonly ILogger<MemoryGrain> _logger;
    private readonly string _scope;
    private ImmutableArray<(string FactId, FactVector Vector)> _made = [];
    private Task _embedding = Task.CompletedTask;

    public MemoryGrain(IFactStore store, IEmbedders embedders, TimeProvider clock, ILogger<MemoryGrain> logger)
    {
        (_clock, _logger, _scope) = (clock, logger, TenantKey.IdOf(this.GetPrimaryKeyString()));
        if (!MemoryScope.TryParse(_scope, out _))
            throw new ArgumentException($"'{_scope}' is not a scope of a memory.");
        _book = new(store, this.GetPrimaryKeyString());
        _meanings = new(embedders, clock, logger);
    }

    private DateTimeOffset Now => _clock.Milliseconds();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _book.Load(cancellationToken);

    public async Task<MemoryResult> Record(string operation, ImmutableArray<FactDraft> drafts)
    {
        FactDrafts.Check(operation, drafts);
        var result = await Commit(() => _book.Change(new MemoryInput.Record(Now, _scope, operation, drafts)));
        _ = Embed(); // nobody waits for it: the facts are durable, and a search waits if it comes before
        return result;
    }

    public Task<MemoryResult> Confirm(string factId) => Commit(() => _book.Change(new MemoryInput.Confirm(factId)));

    public async Task<bool> Erase(string factId) =>
        (await Commit(() => _book.Change(new MemoryInput.Erase(factId)))).Status is MemoryStatus.Done;

    public Task<int> EraseAll() => Commit(_book.Erase);

    public Task<FactPage> List(bool history, string? cursor, int limit) =>
        Task.FromResult(FactPages.Of(_book.State, history, cursor, Math.Clamp(limit, 1, MemoryLimits.Page)));

    public Task<Fact?> Find(string factId) => Task.FromResult(_book.State.Find(factId));

    public async Task<ImmutableArray<FactHit>> Search(string text, int limit)
    {
        if (!_book.State.InForce(Now).Any())
            return [];
        text = Texts.First(text, MemoryLimits.QueryCharacters);
        if (Embed() is { IsCompleted: false } embedding)
            await Task.WhenAny(embedding, Task.Delay(FactMeanings.Patience, _clock));
        var meaning = await _meanings.Of(text);
        return FactSearch.Find(_book.State.InForce(Now), text, meaning, Math.Clamp(limit, 1, MemoryLimits.Page));
    }

    public Task<MemoryGraph> Graph(string? entity, int depth, int limit) =>
        Task.FromResult(new FactGraph(_book.State.InForce(Now)).Around(entity,
            Math.Clamp(depth, 1, MemoryLimits.GraphDepth), Math.Clamp(limit, 1, MemoryLimits.GraphEntities)));

    async Task IFactVectors.Keep()
    {
        var made = _made;
        _made = [];
        await Commit(() => _book.Change(new MemoryInput.Keep(made)));
    }

    /// <summary>Makes the vectors that are missing, once at a time, and has them kept. Never fails.</summary>
    private Task Embed() => _embedding.IsCompleted ? _embedding = EmbedMissing() : _embedding;

    private async Task EmbedMissing()
    {
        try
        {
            _made = await _meanings.Missing(_book.State);
            if (!_made.IsEmpty)
                await this.AsReference<IFactVectors>().Keep();
        }
        catch (Exception failure) // whatever it is, the facts are safe and can be found by their words
        {
            LogNotEmbedded(failure, _scope);
        }
    }

    private async Task<T> Commit<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch
        {
            DeactivateOnIdle(); // nobody knows what is stored; the next activation reads it
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The facts of {Scope} got no vectors")]
    private partial void LogNotEmbedded(Exception failure, string scope);
}
