namespace Colloquy.Knowledge;

/// <summary>What a tenant's experts know, keyed by <c>{tenant}/knowledge</c>. It holds nothing and reads side by side.</summary>
[Alias("knowledge")]
public interface IKnowledgeGrain : IGrainWithStringKey
{
    /// <summary>A document that this tenant may read, or null: citations count characters of its text.</summary>
    [Alias("document"), AlwaysInterleave]
    Task<DocumentView?> Document(string id);

    /// <summary>Tries a search as an expert would make it. Unknown collections are told, not ignored.</summary>
    [Alias("search"), AlwaysInterleave]
    Task<SearchResult> Search(KnowledgeQuery query);
}
