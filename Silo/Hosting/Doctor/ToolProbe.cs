namespace Colloquy.Hosting;

/// <summary>What is set up for tools and search, as far as settings say.</summary>
internal static class ToolProbe
{
    public static IEnumerable<Finding> Look(ColloquySettings settings)
    {
        var tools = settings.Tools;
        yield return Needs("embeddings", "search by meaning", settings.EmbeddingModel is not null, KnownSettings.EmbeddingModel);
        yield return Needs("web search: Brave", "", tools.BraveKey is not null, KnownSettings.BraveKey);
        yield return Needs("web search: SearXNG", "", tools.SearxngUrl is not null, KnownSettings.SearxngUrl);
        yield return Needs("Parallel", "search, extract, task", tools.ParallelKey is not null, KnownSettings.ParallelKey);
        yield return Finding.Ok("PubMed", tools.NcbiKey is null
            ? $"3 requests a second; {KnownSettings.NcbiKey.Name} allows 10"
            : $"{KnownSettings.NcbiKey.Name} is set: 10 requests a second");
        yield return Finding.Ok("ClinicalTrials.gov", $"needs no key; {tools.ClinicalTrialsUrl}");
        yield return Finding.Ok("openFDA", $"needs no key; {tools.OpenFdaUrl}");
        yield return Finding.Ok("WHO IRIS", $"needs no key; {tools.WhoIrisUrl}");
        yield return Needs("Hugging Face", "", tools.HuggingFaceToken is not null, KnownSettings.HuggingFaceToken);
        yield return Needs("Qdrant", "else the index is on this machine", tools.QdrantUrl is not null, KnownSettings.QdrantUrl);
    }

    private static Finding Needs(string name, string purpose, bool isGiven, Setting setting)
    {
        var note = purpose.Length == 0 ? "" : $" ({purpose})";
        return isGiven ? Finding.Ok(name, $"{setting.Name} is set{note}") : Finding.Absent(name, $"needs {setting.Name}{note}");
    }
}
