using System.Text.Json;
using Colloquy.Journals;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>Reads a journal as it is stored: without gaps, every line chained to the one before (I3).</summary>
internal static class JournalLines
{
    public static IEnumerable<(string Type, string? Run, TEvent Event)> Of<TEvent>(string name, IReadOnlyList<JournalLine> lines)
    {
        var hash = JournalChain.Origin;
        foreach (var (line, seq) in lines.Select((line, at) => (line, at + 1)))
        {
            Unless(line.Seq == seq, $"I3: {name} has a gap before {line.Seq}");
            hash = JournalChain.Verify(line.Utf8, seq, hash)
                ?? throw new BrokenPromiseException($"I3: the chain of {name} breaks at {seq}");
            using var json = JsonDocument.Parse(line.Utf8);
            var run = json.RootElement.TryGetProperty("runId", out var id) ? id.GetString() : null;
            yield return (json.RootElement.GetProperty("type").GetString()!, run,
                JsonSerializer.Deserialize<TEvent>(line.Utf8.Span, JournalJson.Options)!);
        }
    }

    public static string TypeOf(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("type").GetString()!;
    }
}
