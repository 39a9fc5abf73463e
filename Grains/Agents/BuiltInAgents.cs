using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Knowledge;

namespace Colloquy.Agents;

/// <summary>The experts that ship, each as version 1: one Markdown file, whose front matter describes it and whose text is its
/// persona.</summary>
internal static class BuiltInAgents
{
    private const string Folder = "Colloquy.Agents.BuiltIn.";
    private const string Extension = ".md";

    /// <summary>All of them, by id.</summary>
    public static readonly ImmutableArray<AgentProfile> All =
    [
        .. typeof(BuiltInAgents).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(name[Folder.Length..^Extension.Length], Text(name))),
    ];

    private static readonly Dictionary<string, AgentProfile> _byId = All.ToDictionary(agent => agent.Id, StringComparer.Ordinal);

    public static AgentProfile? Find(string id) => _byId.GetValueOrDefault(id);

    /// <exception cref="FormatException">A field is missing or no value of its kind; expert and field are named.</exception>
    internal static AgentProfile Read(string id, string text)
    {
        var file = FrontMatter.Of(text);
        return new AgentProfile(
            id, Field("name"), Field("description"), file.Body,
            file.Names("domains"), file.Names("collections"), file.Names("tools"),
            file.Items("exampleQuestions"), file.Items("exclusions"), file.Value("model"),
            double.TryParse(Field("temperature"), NumberStyles.Float, CultureInfo.InvariantCulture, out var temperature)
                ? temperature : throw Wrong("temperature"),
            int.TryParse(Field("maxOutputTokens"), NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
                ? tokens : throw Wrong("maxOutputTokens"),
            Version: 1)
        {
            Skills = file.Names("skills"),
            Languages = file.Names("languages"),
            Jurisdictions = file.Names("jurisdictions"),
        };

        string Field(string name) => file.Value(name) ?? throw Wrong(name);
        FormatException Wrong(string name) => new($"The built-in agent '{id}' has no usable '{name}'.");
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(BuiltInAgents).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
