using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Knowledge;

/// <summary>A new collection.</summary>
/// <param name="Domain">Such as <c>medicine</c>: tells which fields of documents weigh in a search.</param>
/// <param name="Embedding">An embedding model; the deployment's where none is named.</param>
internal sealed record CreateCollectionRequest(string? Id, string? Name, string? Description, string? Domain, string? Embedding)
{
    public Problem? Check() => CollectionRules.Check(Name, Description, Domain, Embedding)
        .That(TenantKey.IsName(Id), "id", "1 to 64 of a-z, 0-9 and -, beginning with a letter or digit.")
        .That(Domain is not null, "domain", "The field of knowledge, such as medicine.")
        .Problem;

    public CreateCollection ToCommand(string operation) => new(Name, Description, Domain!, Embedding, operation);
}

/// <summary>Null leaves a field as it is.</summary>
internal sealed record ChangeCollectionRequest(string? Name, string? Description, string? Domain, string? Embedding)
{
    public Problem? Check() => CollectionRules.Check(Name, Description, Domain, Embedding).Problem;

    public ChangeCollection ToCommand(string author, string operation) => new(Name, Description, Domain, Embedding, author,
        operation);
}

/// <summary>A changed collection.</summary>
/// <param name="RunId">The run that indexes it anew, or null.</param>
internal sealed record CollectionChanged(CollectionView Collection, string? RunId, string? EventsUrl);

/// <summary>What every collection has to keep to.</summary>
internal static class CollectionRules
{
    public static Checks Check(string? name, string? description, string? domain, string? embedding) => new Checks()
        .That(name is null || !string.IsNullOrWhiteSpace(name), "name", "A text of 1 to 120 characters.")
        .OptionalText(name, "name", 120)
        .OptionalText(description, "description", 1000)
        .That(domain is null || TenantKey.IsName(domain), "domain", "1 to 64 of a-z, 0-9 and -.")
        .OptionalText(embedding, "embedding", 200);
}
