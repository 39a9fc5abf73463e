using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Colloquy.Journals;

/// <summary>
/// Spells the lines of a journal. Each is a JSON object with its sequence number, the hash of the line before, and its own:
/// SHA-256 over its canonical bytes without <c>hash</c>. One changed byte anywhere breaks every line after it.
/// </summary>
public static class JournalChain
{
    /// <summary>What the first line names as the one before.</summary>
    public static readonly string Origin = new('0', 64);

    /// <summary>The line of an event.</summary>
    public static (byte[] Line, string Hash) Link<TEvent>(TEvent @event, long seq, string previous)
    {
        var members = JsonSerializer.SerializeToElement(@event, JournalJson.Options).EnumerateObject()
            .Select(member => (member.Name, member.Value)).ToList();
        members.Add(("seq", JsonSerializer.SerializeToElement(seq)));
        members.Add(("prev", JsonSerializer.SerializeToElement(previous)));
        var hash = Hash(members);
        members.Add(("hash", JsonSerializer.SerializeToElement(hash)));
        return (Spell(members), hash);
    }

    /// <summary>The hash that a line states, or null unless it is a canonical line of this number that follows
    /// <paramref name="previous"/>.</summary>
    public static string? Verify(ReadOnlyMemory<byte> line, long seq, string previous)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || Text(root, "prev") != previous || Text(root, "hash") is not { } stated
                || !root.TryGetProperty("seq", out var number) || !number.TryGetInt64(out var value) || value != seq)
                return null;
            var members = root.EnumerateObject().Select(member => (member.Name, member.Value)).ToList();
            return line.Span.SequenceEqual(Spell(members)) && Hash(members.Where(member => member.Name != "hash")) == stated
                ? stated
                : null;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            return null; // no JSON, or a number or text that has no canonical spelling: nobody's line
        }
    }

    /// <summary>The hash that a trusted line states.</summary>
    public static string HashOf(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("hash").GetString()!;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string Hash(IEnumerable<(string, JsonElement)> members) => Convert.ToHexStringLower(SHA256.HashData(Spell(members)));

    private static byte[] Spell(IEnumerable<(string, JsonElement)> members)
    {
        var text = new StringBuilder(512);
        CanonicalJson.WriteMembers(text, members);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
