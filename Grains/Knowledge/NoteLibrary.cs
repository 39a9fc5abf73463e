using System.Collections.Immutable;
using System.Reflection;

namespace Colloquy.Knowledge;

/// <summary>The notes that Colloquy ships, with their passages. Read once, never changed.</summary>
/// <remarks>
/// A note is the resource <c>Colloquy.Knowledge.Notes.[collection].[slug].md</c>. The compiler writes a folder's hyphens as
/// underscores, so a collection's name must not hold an underscore of its own.
/// </remarks>
internal sealed class NoteLibrary
{
    private const string Folder = "Colloquy.Knowledge.Notes.";
    private const string Ending = ".md";

    private NoteLibrary(ImmutableArray<DocumentView> notes)
    {
        Notes = notes;
        Collections = [.. notes.Select(note => note.Collection).Distinct(StringComparer.Ordinal)];
        Passages = [.. notes.SelectMany(PassagesOf)];
    }

    /// <summary>What stands in this assembly.</summary>
    public static NoteLibrary Shipped { get; } = Read(typeof(NoteLibrary).Assembly);

    /// <summary>All notes by rising id; their text is the resource's, with \n at the end of lines.</summary>
    public ImmutableArray<DocumentView> Notes { get; }

    /// <summary>Names of collections in order.</summary>
    public ImmutableArray<string> Collections { get; }

    /// <summary>All passages, note by note, each with its collection; scores are 0.</summary>
    public ImmutableArray<(string Collection, Passage Passage)> Passages { get; }

    public DocumentView? Find(string id) => Notes.FirstOrDefault(note => string.Equals(note.Id, id, StringComparison.Ordinal));

    private static NoteLibrary Read(Assembly assembly)
    {
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal));
        return new NoteLibrary([.. names.Select(name => Note(assembly, name)).OrderBy(note => note.Id, StringComparer.Ordinal)]);
    }

    private static DocumentView Note(Assembly assembly, string resource)
    {
        var path = resource[Folder.Length..^Ending.Length].Split('.', 2);
        var collection = path[0].Replace('_', '-');
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var title = text[..text.IndexOf('\n', StringComparison.Ordinal)].TrimStart('#').Trim();
        return new DocumentView($"note_{collection}_{path[1]}", title, collection, text);
    }

    private static IEnumerable<(string, Passage)> PassagesOf(DocumentView note) =>
        Chunks.Of(note.Text).Select(chunk => (note.Collection, new Passage(
            note.Id, note.Title, chunk.Heading, chunk.Span.In(note.Text), chunk.Span.Start, Score: 0)));
}
