using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Colloquy.Clusters;

/// <summary>So many small documents, of which is known what must become of them. Each has a word that no other has, in one place.
/// Every third has two sections, and so two chunks; every seventh is plain text, in which nothing divides so few words.</summary>
internal sealed class Shelf
{
    private static readonly string[] Subjects = ["The trial", "A registry", "This review", "One cohort", "The committee"];
    private static readonly string[] Verbs = ["reports", "questions", "confirms", "describes"];
    private static readonly string[] Objects =
        ["fewer relapses in adults", "a longer survival", "doses below the limit", "mild reactions", "no effect on weight",
            "costs over ten years", "several protocol deviations"];

    private readonly byte[] _lines;

    public Shelf(int documents)
    {
        var lines = new StringBuilder();
        for (var number = 0; number < documents; number++)
        {
            var (mediaType, sections) = number % 7 == 0 ? ("text/plain", 1) : ("text/markdown", number % 3 == 0 ? 2 : 1);
            Chunks += sections;
            lines.AppendLine(JsonSerializer.Serialize(new
            {
                id = IdOf(number), title = $"Note {number}", mediaType, text = TextOf(number, mediaType, sections),
            }));
        }
        (Documents, _lines) = (documents, Encoding.UTF8.GetBytes(lines.ToString()));
    }

    public int Documents { get; }

    public long Chunks { get; }

    public static string IdOf(int number) => $"n{number:D6}";

    /// <summary>The word that stands in this document alone.</summary>
    public static string WordOf(int number) => $"serial{number:D6}";

    /// <summary>All of them, as lines of JSON.</summary>
    public HttpContent ToContent() => new ByteArrayContent(_lines)
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") },
    };

    private static string TextOf(int number, string mediaType, int sections)
    {
        var last = $"It is kept under {WordOf(number)}.";
        if (mediaType == "text/plain")
            return $"# {Sentence(number)} {last}";
        return sections == 2 ? $"# Findings\n\n{Sentence(number)} {Sentence(number + 11)}\n\n## Source\n\n{Sentence(number + 5)} {last}"
            : $"# Findings\n\n{Sentence(number)} {Sentence(number + 3)} {last}";
    }

    private static string Sentence(int number) =>
        $"{Subjects[number % Subjects.Length]} {Verbs[number % Verbs.Length]} {Objects[number % Objects.Length]}.";
}
