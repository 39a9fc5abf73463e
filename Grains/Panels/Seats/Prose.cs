using System.Text;

namespace Colloquy.Panels.Seats;

/// <summary>
/// Separates, while it is written, what a model says to people from the JSON that follows for the panel. What might be the
/// beginning of the JSON is held back until it is clear that it is not.
/// </summary>
/// <remarks>
/// The JSON begins with the first line, outside of a code block, that opens a block marked <c>json</c>, a block without a mark
/// whose first character is a brace, or a bare object. White space at the end of what was written waits for what follows it.
/// </remarks>
internal sealed class Prose
{
    private readonly StringBuilder _written = new();
    private int _line; // where the line begins that is being looked at
    private bool _isCode;
    private bool _hasEnded;
    private int _end; // how much of what was written is prose for certain
    private int _shown;
    private bool _hasBegun;

    private enum Line { Unclear, Plain, Code, Json }

    /// <summary>Everything that was written.</summary>
    public string Written => _written.ToString();

    public int Length => _written.Length;

    /// <summary>What people read of it, when nothing more comes.</summary>
    public string Text
    {
        get
        {
            Look(isWhole: true);
            return Written[..(_hasEnded ? _end : Length)].Trim();
        }
    }

    /// <summary>Takes words and gives what may be shown now.</summary>
    public string Append(string words)
    {
        _written.Append(words);
        Look(isWhole: false);
        return Next();
    }

    /// <summary>What was held back and is prose after all, since nothing more comes.</summary>
    public string Rest()
    {
        Look(isWhole: true);
        return Next();
    }

    private string Next()
    {
        var written = Written;
        while (!_hasBegun && _shown < _end && char.IsWhiteSpace(written[_shown]))
            _shown++;
        var end = _end;
        while (end > _shown && (char.IsWhiteSpace(written[end - 1]) || char.IsHighSurrogate(written[end - 1])))
            end--;
        var text = written[_shown..end];
        (_shown, _hasBegun) = (end, _hasBegun || text.Length > 0);
        return text;
    }

    private void Look(bool isWhole)
    {
        var written = Written;
        while (!_hasEnded)
        {
            var next = written.IndexOf('\n', _line);
            var kind = _isCode ? Line.Plain : KindOf(written, _line, isWhole);
            if (kind is Line.Json or Line.Unclear)
            {
                (_hasEnded, _end) = (kind is Line.Json, _line);
                return;
            }
            if (next < 0)
            {
                _end = written.Length;
                return;
            }
            if (_isCode)
                _isCode = !written.AsSpan(_line).TrimStart(" \t").StartsWith("```");
            else
                _isCode = kind is Line.Code;
            (_line, _end) = (next + 1, next + 1);
        }
    }

    private static Line KindOf(string text, int at, bool isWhole)
    {
        var open = isWhole ? Line.Plain : Line.Unclear;
        var line = text.AsSpan(at).TrimStart(" \t");
        if (line.IsEmpty)
            return open;
        if (line[0] == '{')
            return AfterBrace(line[1..], open);
        var ticks = line.Length - line.TrimStart('`').Length;
        if (ticks < 3)
            return ticks == line.Length && ticks > 0 ? open : Line.Plain;
        var rest = line[ticks..];
        var end = rest.IndexOf('\n');
        var mark = (end < 0 ? rest : rest[..end]).Trim();
        if (mark.StartsWith("json", StringComparison.OrdinalIgnoreCase))
            return Line.Json;
        if (mark.IsEmpty && end >= 0)
        {
            var body = rest[end..].TrimStart();
            return body.IsEmpty ? open : body[0] == '{' ? Line.Json : Line.Code;
        }
        if (mark.StartsWith("{"))
            return Line.Json;
        return end < 0 && "json".AsSpan().StartsWith(mark, StringComparison.OrdinalIgnoreCase) ? open : Line.Code;
    }

    private static Line AfterBrace(ReadOnlySpan<char> rest, Line open)
    {
        rest = rest.TrimStart();
        return rest.IsEmpty ? open : rest[0] is '"' or '}' ? Line.Json : Line.Plain;
    }
}
