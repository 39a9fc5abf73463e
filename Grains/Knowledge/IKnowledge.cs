namespace Colloquy.Knowledge;

/// <summary>What a tenant's experts may look up: passages by question, and whole documents by id.</summary>
/// <remarks>A tenant sees its own documents and what Colloquy ships, never another tenant's.</remarks>
public interface IKnowledge
{
    /// <summary>The passages that fit the query best, best first; those that share no word with it are left out.</summary>
    /// <param name="collections">Where to look; unknown names hold nothing, and an empty list finds nothing.</param>
    /// <param name="limit">At most this many passages; below 1 finds nothing.</param>
    Task<IReadOnlyList<Passage>> Search(
        string tenant, IReadOnlyList<string> collections, string query, int limit, CancellationToken cancellation);

    /// <summary>A document that this tenant may read, or null. Offsets of passages and citations count in its text.</summary>
    Task<DocumentView?> Find(string tenant, string documentId, CancellationToken cancellation);
}
