using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using AngleSharp.Dom;

namespace Colloquy.Knowledge.Readers;

/// <summary>Writes what a page shows as Markdown: headings, paragraphs, lists, tables and code.</summary>
/// <remarks>It walks with a stack of its own, so that no nesting, however deep, ends the process.</remarks>
internal sealed class HtmlMarkdown
{
    private static readonly FrozenSet<string> Dropped = FrozenSet.ToFrozenSet(
        ["script", "style", "noscript", "template", "nav", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
            "video", "head",
            "button", "input", "select", "textarea", "option", "datalist"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(
        ["address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
            "figure",
            "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
                "summary",
            "table", "tbody", "tfoot", "thead", "tr", "ul", "caption"], StringComparer.Ordinal);

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private readonly Stack<(bool IsOrdered, int Next)> _lists = new();
    private string _mark = "";
    private int _code;
    private int _cells;
    private bool _isHeaderRow;

    /// <summary>The text of an element.</summary>
    public string Of(IElement root)
    {
        var open = new Stack<(INode Node, int Next)>();
        open.Push((root, 0));
        while (open.TryPop(out var place))
        {
            if (place.Next >= place.Node.ChildNodes.Length)
            {
                if (place.Node is IElement ended)
                    Leave(ended);
                continue;
            }
            var child = place.Node.ChildNodes[place.Next];
            open.Push(place with { Next = place.Next + 1 });
            if (child is IText text)
                Add(text.Data);
            else if (child is IElement element && IsShown(element))
            {
                Enter(element);
                open.Push((element, 0));
            }
        }
        EndBlock();
        return _text.ToString();
    }

    private static bool IsShown(IElement element) => !Dropped.Contains(element.LocalName) && !element.HasAttribute("hidden")
        && element.GetAttribute("aria-hidden") != "true" && !IsStyledAway(element.GetAttribute("style"));

    private static bool IsStyledAway(string? style) => style?.Replace(" ", "", StringComparison.Ordinal) is { } plain
        && (plain.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || plain.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase));

    private void Enter(IElement element)
    {
        var name = element.LocalName;
        if (Blocks.Contains(name))
            EndBlock();
        switch (name)
        {
            case ['h', >= '1' and <= '6' and var level]:
                _mark = new string('#', level - '0') + " ";
                break;
            case "ul" or "ol":
                _lists.Push((name is "ol", 1));
                break;
            case "li":
                _mark = NextItem();
                break;
            case "pre":
                _text.Append("```\n");
                _code++;
                break;
            case "tr":
                (_cells, _isHeaderRow) = (0, false);
                _mark = "| ";
                break;
            case "td" or "th":
                _isHeaderRow |= name is "th";
                if (_cells++ > 0)
                    _line.Append(" | ");
                break;
            case "br":
                Break();
                break;
            default:
                break;
        }
    }

    private void Leave(IElement element)
    {
        switch (element.LocalName)
        {
            case "ul" or "ol" when _lists.Count > 0:
                EndBlock();
                _lists.Pop();
                break;
            case "pre":
                EndCode();
                break;
            case "tr":
                EndRow();
                break;
            case var name when Blocks.Contains(name):
                EndBlock();
                break;
            default:
                break;
        }
    }

    private string NextItem()
    {
        if (!_lists.TryPop(out var list))
            return "- ";
        _lists.Push(list with { Next = list.Next + 1 });
        var indent = new string(' ', 2 * Math.Min(_lists.Count - 1, 8));
        return list.IsOrdered ? $"{indent}{list.Next.ToString(CultureInfo.InvariantCulture)}. " : $"{indent}- ";
    }

    private void Add(string text)
    {
        if (_code > 0)
        {
            _line.Append(text);
            return;
        }
        foreach (var letter in text)
            if (!char.IsWhiteSpace(letter))
                _line.Append(letter);
            else if (_line.Length > 0 && _line[^1] is not ' ' and not '\n')
                _line.Append(' ');
    }

    private void Break()
    {
        if (_code > 0)
            _line.Append('\n');
        else if (_mark.Length > 0 || _cells > 0)
            Add(" "); // a heading, an item and a row are one line each
        else
            _line.Append('\n');
    }

    private void EndBlock()
    {
        if (_code > 0)
        {
            if (_line.Length > 0 && _line[^1] is not '\n')
                _line.Append('\n');
            return;
        }
        if (_cells > 0)
        {
            Add(" "); // paragraphs within a cell
            return;
        }
        var line = _line.ToString().Trim();
        _line.Clear();
        if (line.Length == 0)
            return; // a mark waits for its text
        // What only looks like a heading is none.
        _text.Append(_mark).Append(_mark.Length == 0 && line[0] == '#' ? "\\" : "").Append(line)
            .Append(_lists.Count > 0 ? "\n" : "\n\n");
        _mark = "";
    }

    private void EndRow()
    {
        var line = _line.ToString().Trim();
        _line.Clear();
        _mark = "";
        if (_cells > 0 && line.Any(char.IsLetterOrDigit))
        {
            _text.Append("| ").Append(line).Append(" |\n");
            if (_isHeaderRow)
                _text.Append('|').Insert(_text.Length, " --- |", _cells).Append('\n');
        }
        _cells = 0;
    }

    private void EndCode()
    {
        if (_code == 0 || --_code > 0)
            return;
        _text.Append(_line.ToString().TrimEnd()).Append("\n```\n\n");
        _line.Clear();
    }
}
