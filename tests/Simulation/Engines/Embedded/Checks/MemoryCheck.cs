using Colloquy.Memory;
using Colloquy.Sessions;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>I15: what a turn says that it remembers is remembered, once; and what is remembered was said, and its owner
/// told.</summary>
internal sealed class MemoryCheck(string author, IReadOnlyList<JournalCheck> journals)
{
    public async Task Holds(Func<string?, Task<FactPage>> read)
    {
        var facts = new List<Fact>();
        for (FactPage? page = null; page is null || page.Next is not null;)
        {
            page = await read(page?.Next);
            facts.AddRange(page.Items);
        }
        HasEachOnce(facts);
        foreach (var journal in journals)
            foreach (var message in journal.All<MessageAccepted>().Where(message => message.Author == author))
            {
                var own = journal.Of(message.RunId);
                var told = own.OfType<MemoryProposed>().ToList();
                Unless(told.Count <= 1, $"I15: {message.RunId} says {told.Count} times what it remembers");
                AreRemembered(message, told.SelectMany(one => one.Facts), facts);
                AreTold(message, told.SelectMany(one => one.Facts), facts, own.OfType<MessageCompleted>().Single());
            }
        var runs = journals.SelectMany(journal => journal.All<MessageAccepted>()).Select(message => message.RunId).ToHashSet();
        foreach (var fact in facts)
            Unless(fact.Source.RunId is { } run && runs.Contains(run),
                $"I15: {fact.Text} comes from {fact.Source.RunId}, which is no run");
    }

    private void HasEachOnce(List<Fact> facts)
    {
        Unless(facts.DistinctBy(fact => fact.Id).Count() == facts.Count, $"I15: the memory of {author} lists a fact twice");
        var twice = facts.Where(fact => fact.Status != FactStatus.Superseded)
            .GroupBy(fact => (fact.Subject, fact.Predicate, fact.Object)).FirstOrDefault(same => same.Count() > 1);
        Unless(twice is null, $"I15: '{twice?.First().Text}' stands {twice?.Count()} times in the memory of {author}");
        foreach (var fact in facts)
            Unless(fact.SupersededBy is null == (fact.Status != FactStatus.Superseded)
                && (fact.SupersededBy is null || facts.Exists(next => next.Id == fact.SupersededBy)),
                $"I15: {fact.Text} is {fact.Status} by {fact.SupersededBy}, which {author}'s memory does not have");
    }

    private void AreRemembered(MessageAccepted message, IEnumerable<MemoryNote> told, List<Fact> facts)
    {
        foreach (var note in told)
        {
            Unless(note.Scope == MemoryScopes.User(author), $"I15: {message.RunId} of {author} remembers for {note.Scope}");
            Unless(facts.Count(fact => fact.Id == note.FactId && fact.Text == note.Text) == 1,
                $"I15: {message.RunId} remembers '{note.Text}', and the memory of {author} does not have it");
        }
    }

    private static void AreTold(MessageAccepted message, IEnumerable<MemoryNote> told, List<Fact> facts, MessageCompleted answer)
    {
        foreach (var fact in facts.Where(fact => fact.Source.RunId == message.RunId))
        {
            Unless(fact.Source.Quote is { } quote && message.Content.Contains(quote.TrimEnd('.'), StringComparison.Ordinal),
                $"I15: '{fact.Source.Quote}' was not said in {message.RunId}");
            Unless(answer.Finish != Finish.Completed || told.Any(note => note.FactId == fact.Id),
                $"I15: '{fact.Text}' is remembered from {message.RunId}, and its owner was not told");
        }
    }
}
