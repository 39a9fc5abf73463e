namespace Colloquy.Hosting;

/// <summary>The services that tools and search will reach. This version has no adapter for them, so each is absent, and says which
/// setting it reads once it is there.</summary>
internal static class ToolProbe
{
    public static IEnumerable<Finding> Look(ColloquySettings settings)
    {
        var tools = settings.Tools;
        yield return Needs("web search: Brave", tools.BraveKey is not null, KnownSettings.BraveKey);
        yield return Needs("web search: SearXNG", tools.SearxngUrl is not null, KnownSettings.SearxngUrl);
        yield return Needs("Parallel", tools.ParallelKey is not null, KnownSettings.ParallelKey);
        yield return Needs("PubMed", tools.NcbiKey is not null, KnownSettings.NcbiKey);
        yield return Finding.Absent("ClinicalTrials.gov", $"not in this version; it will ask {tools.ClinicalTrialsUrl}");
        yield return Finding.Absent("openFDA", $"not in this version; it will ask {tools.OpenFdaUrl}");
        yield return Finding.Absent("WHO IRIS", $"not in this version; it will ask {tools.WhoIrisUrl}");
    }

    private static Finding Needs(string name, bool isGiven, Setting setting) => Finding.Absent(
        name, $"not in this version; {setting.Name} is {(isGiven ? "set, and will be read" : "what it will need")}");
}
