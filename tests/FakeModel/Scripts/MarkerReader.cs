using System.Text;
using System.Text.Json;

namespace Colloquy.FakeModel;

/// <summary>
/// Reads markers: <c>[[fake key=value key="any words" tool=name {json} text=up to the next key]]</c>. They stand in the
/// user's words, so a test can script the model through any server that stands before it.
/// </summary>
internal sealed class MarkerReader(string text, int at)
{
    public const string Start = "[[fake";
    private const string End = "]]";
    private int _at = at;

    /// <summary>The turns of all markers in a message: the first for the model's first answer to it, and so on.</summary>
    public static IReadOnlyList<ScriptedTurn> All(string message) => [.. Scan(message).Select(found => found.Turn)];

    /// <summary>The message without its markers.</summary>
    public static string Strip(string message)
    {
        var rest = new StringBuilder();
        var from = 0;
        foreach (var (_, start, end) in Scan(message))
        {
            rest.Append(message, from, start - from);
            from = end;
        }

        return rest.Append(message, from, message.Length - from).ToString().Trim();
    }

    /// <summary>Reads what would stand inside a marker.</summary>
    public static ScriptedTurn ReadAll(string inside) => MarkerTurn.From(new MarkerReader(inside, 0).Pairs());

    private static IEnumerable<(ScriptedTurn Turn, int Start, int End)> Scan(string message)
    {
        var start = message.IndexOf(Start, StringComparison.Ordinal);
        while (start >= 0)
        {
            var reader = new MarkerReader(message, start + Start.Length);
            var turn = MarkerTurn.From(reader.Pairs());
            yield return (turn, start, reader._at);
            start = message.IndexOf(Start, reader._at, StringComparison.Ordinal);
        }
    }

    private List<MarkerPair> Pairs()
    {
        var pairs = new List<MarkerPair>();
        while (!AtEnd())
        {
            pairs.Add(ReadPair());
        }

        _at = Math.Min(text.Length, _at + End.Length);
        return pairs;
    }

    private bool AtEnd()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at >= text.Length || Ahead(End);
    }

    private MarkerPair ReadPair()
    {
        var key = ReadWord(stop: '=');
        if (_at >= text.Length || text[_at] != '=')
        {
            throw new FormatException($"[[fake]] wants key=value, not '{key}'.");
        }

        _at++;
        var value = _at < text.Length && text[_at] == '"' ? ReadJson().GetString()!
            : key is "text" ? ReadRest()
            : ReadWord(stop: ' ');
        return new MarkerPair(key, value, key is "tool" && !AtEnd() && text[_at] == '{' ? ReadJson().GetRawText() : null);
    }

    private string ReadWord(char stop)
    {
        var from = _at;
        while (_at < text.Length && text[_at] != stop && !char.IsWhiteSpace(text[_at]) && !Ahead(End))
        {
            _at++;
        }

        return text[from.._at];
    }

    // Up to the next key that has a meaning: text that holds such a key itself must be quoted.
    private string ReadRest()
    {
        var end = text.IndexOf(End, _at, StringComparison.Ordinal);
        var rest = end < 0 ? text[_at..] : text[_at..end];
        var keys = MarkerTurn.Keys.Select(key => rest.IndexOf($" {key}=", StringComparison.Ordinal)).Where(at => at >= 0);
        rest = rest[..keys.DefaultIfEmpty(rest.Length).Min()];
        _at += rest.Length;
        return rest;
    }

    // JSON may hold ]] itself, so only a JSON reader knows where it ends.
    private JsonElement ReadJson()
    {
        var rest = Encoding.UTF8.GetBytes(text[_at..]);
        var reader = new Utf8JsonReader(rest, isFinalBlock: false, state: default);
        try
        {
            if (JsonDocument.TryParseValue(ref reader, out var value))
            {
                using (value)
                {
                    _at += Encoding.UTF8.GetCharCount(rest, 0, (int)reader.BytesConsumed);
                    return value.RootElement.Clone();
                }
            }
        }
        catch (JsonException broken)
        {
            throw new FormatException($"[[fake]] holds broken JSON: {broken.Message}", broken);
        }

        throw new FormatException("[[fake]] holds JSON without an end.");
    }

    private bool Ahead(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;
}

/// <summary>One <c>key=value</c> of a marker, with the JSON that follows a tool's name.</summary>
internal readonly record struct MarkerPair(string Key, string Value, string? Json = null);
