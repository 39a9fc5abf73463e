using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

/// <summary>The experts that ship, as their files define them.</summary>
internal static class BuiltInExperts
{
    private const string Folder = "Colloquy.Agents.BuiltIn.";

    public static readonly IReadOnlyList<(string Id, FrontMatter File)> All =
    [
        .. typeof(NoteLibrary).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name[Folder.Length..^3], FrontMatter.Of(Text(name)))),
    ];

    public static IEnumerable<(string Expert, IReadOnlyList<string> Collections, string Question)> Questions =>
        All.SelectMany(one => one.File.Items("exampleQuestions")
            .Select(question => (one.Id, (IReadOnlyList<string>)one.File.Names("collections"), question)));

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(NoteLibrary).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
