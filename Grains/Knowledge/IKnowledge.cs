namespace Colloquy.Knowledge;

/// <summary>What a tenant's experts may look up: passages by question, and whole documents by id.</summary>
/// <remarks>A tenant sees its own documents and what Colloquy ships, never another tenant's.</remarks>
public interface IKnowledge
{
    /// <summary>The passages that fit the query best, best first; those that have nothing to do with it are left out.</summary>
    /// <exception cref="Embeddings.EmbedderMissingException">A collection's embedding model is no longer configured.</exception>
    /// <exception cref="Models.ModelException">A collection's embedding model did not answer.</exception>
    Task<IReadOnlyList<Passage>> Search(string tenant, KnowledgeQuery query, CancellationToken cancellation);

    /// <summary>A document that this tenant may read, or null. Offsets of passages and citations count in its text.</summary>
    Task<DocumentView?> Find(string tenant, string documentId, CancellationToken cancellation);
}
