namespace Colloquy.Knowledge;

/// <summary>What a tenant's experts know, keyed by <c>{tenant}/knowledge</c>.</summary>
[Alias("knowledge")]
public interface IKnowledgeGrain : IGrainWithStringKey
{
    /// <summary>A document that this tenant may read, or null: citations count characters of its text.</summary>
    [Alias("document"), AlwaysInterleave]
    Task<DocumentView?> Document(string id);
}
