using System.Collections.Immutable;
using System.Text;

namespace Colloquy.OpenAi;

/// <summary>
/// Decides how much of an answer that is being written may be sent. What was sent cannot be taken back in OpenAI's protocol, so
/// an answer that is begun anew may go on only as long as it says the same; and what follows a stop sequence is not sent.
/// </summary>
internal sealed class AnswerText(ImmutableArray<string> stop)
{
    private readonly StringBuilder _text = new(); // what the attempt under way says
    private readonly int _stopMost = stop.IsEmpty ? 0 : stop.Max(sequence => sequence.Length);
    private string? _promise; // what an earlier attempt said and was sent
    private int _sent;
    private int _searched;

    /// <summary>Whether the answer now contradicts what was sent: nothing more can be sent of it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a stop sequence ended the text.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The attempt goes on. Answers what may be sent now.</summary>
    public string Add(string words)
    {
        _text.Append(words);
        return Next(isWhole: false);
    }

    /// <summary>Another attempt begins, or another reading of this one: this is all that it says so far.</summary>
    public string Replace(string text)
    {
        Begin(text);
        return Next(isWhole: false);
    }

    /// <summary>This is the whole answer.</summary>
    public string Finish(string text)
    {
        Begin(text);
        return Next(isWhole: true);
    }

    private void Begin(string text)
    {
        if (_sent > 0 && _text.Length >= _sent)
            _promise = _text.ToString(0, _sent);
        _text.Clear().Append(text);
        (_searched, IsStopped) = (0, false);
    }

    private string Next(bool isWhole)
    {
        if (IsBroken || !IsTrueToPromise(isWhole))
            return "";
        var end = EndOfText() ?? (isWhole ? _text.Length : EndOfCertainty());
        if (end <= _sent)
            return "";
        var words = _text.ToString(_sent, end - _sent);
        _sent = end;
        return words;
    }

    private bool IsTrueToPromise(bool isWhole)
    {
        if (_promise is not { } promise)
            return true;
        var common = Math.Min(promise.Length, _text.Length);
        IsBroken = (isWhole && common < promise.Length)
            || !_text.ToString(0, common).AsSpan().SequenceEqual(promise.AsSpan(0, common));
        if (!IsBroken && common == promise.Length)
            _promise = null;
        return !IsBroken && _promise is null; // until it has caught up there is nothing new to send
    }

    /// <summary>Where a stop sequence begins, or null.</summary>
    private int? EndOfText()
    {
        if (stop.IsEmpty)
            return null;
        var from = Math.Max(0, _searched - _stopMost + 1);
        var rest = _text.ToString(from, _text.Length - from);
        var first = stop.Select(sequence => rest.IndexOf(sequence, StringComparison.Ordinal)).Where(at => at >= 0)
            .DefaultIfEmpty(-1).Min();
        IsStopped = first >= 0;
        if (!IsStopped)
            _searched = _text.Length;
        return IsStopped ? from + first : null;
    }

    /// <summary>Where the text ends that stays as it is, whatever comes: behind it a stop sequence, or half a character, may
    /// have begun.</summary>
    private int EndOfCertainty()
    {
        var longest = Math.Min(_stopMost - 1, _text.Length);
        for (var length = longest; length > 0; length--)
        {
            var tail = _text.ToString(_text.Length - length, length);
            if (stop.Any(sequence => sequence.StartsWith(tail, StringComparison.Ordinal)))
                return _text.Length - length;
        }
        return _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? _text.Length - 1 : _text.Length;
    }
}
