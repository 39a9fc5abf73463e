using System.Text.Json;

namespace Colloquy.FakeModel;

/// <summary>
/// Decides what the model does with a request. The first that speaks wins: a marker in the user's words, a script (the
/// newest first), the queue, the defaults.
/// </summary>
internal sealed class Playbook(ScriptedTurn defaults)
{
    private readonly Lock _lock = new();
    private readonly List<(bool ForEmbeddings, Func<RecordedRequest, ScriptedTurn?> Script)> _scripts = [];
    private readonly Queue<ScriptedTurn> _queue = [];
    private int _headAttempts;

    public ScriptedTurn Defaults { get; private set; } = defaults;

    public void Default(ScriptedTurn turn)
    {
        lock (_lock)
        {
            Defaults = turn;
        }
    }

    public void Script(bool forEmbeddings, Func<RecordedRequest, ScriptedTurn?> script)
    {
        lock (_lock)
        {
            _scripts.Insert(0, (forEmbeddings, script));
        }
    }

    public void Enqueue(IEnumerable<ScriptedTurn> turns)
    {
        lock (_lock)
        {
            foreach (var turn in turns)
            {
                _queue.Enqueue(turn);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _scripts.Clear();
            _queue.Clear();
            _headAttempts = 0;
        }
    }

    /// <summary>The turn for a request, without its fault if this attempt is to succeed.</summary>
    public ScriptedTurn TurnFor(RecordedRequest request)
    {
        var turn = Marked(request) ?? Scripted(request);
        if (turn is null && request.IsChat && Dequeue() is { } queued)
        {
            return queued.Over(Defaults);
        }

        turn = turn?.Over(Defaults) ?? Defaults;
        return turn.Fault?.Times < request.Attempt ? turn with { Fault = null } : turn;
    }

    private static ScriptedTurn? Marked(RecordedRequest request)
    {
        if (request.IsChat && request.LastUser.Contains("[[recall", StringComparison.Ordinal))
        {
            return Recall(request);
        }

        var turns = MarkerReader.All(request.LastUser);
        return turns.Count == 0 ? null
            : request.Step < turns.Count ? turns[request.Step]
            // The tools are called and their results are in: asking again would never end.
            : turns[^1] with { ToolCalls = [], Fault = null, Text = null };
    }

    private static ScriptedTurn Recall(RecordedRequest request)
    {
        if (request.LastUser.Contains("[[recall full]]", StringComparison.Ordinal))
        {
            var all = request.Messages.Select(message => new { role = message.Role, text = message.Text });
            return ScriptedTurn.Says(JsonSerializer.Serialize(all));
        }

        var of = request.Messages.ToLookup(message => message.Role is "user" or "assistant" ? message.Role : "other");
        var marks = string.Join(',', of["user"].SelectMany(message => Marks(message.Text)));
        var answers = string.Join(',', of["assistant"].Select(message => Words.Count(message.Text)));
        return ScriptedTurn.Says($"RECALL messages={request.Messages.Count} user={of["user"].Count()} " +
            $"assistant={of["assistant"].Count()} other={of["other"].Count()} marks={marks} answers={answers}");
    }

    private static IEnumerable<string> Marks(string text) => text.Split("#m").Skip(1)
        .Select(rest => string.Concat(rest.TakeWhile(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_')))
        .Where(mark => mark.Length > 0);

    private ScriptedTurn? Scripted(RecordedRequest request)
    {
        Func<RecordedRequest, ScriptedTurn?>[] scripts;
        lock (_lock)
        {
            scripts = [.. _scripts.Where(entry => entry.ForEmbeddings != request.IsChat).Select(entry => entry.Script)];
        }

        try
        {
            return scripts.Select(script => script(request)).FirstOrDefault(turn => turn is not null);
        }
        catch (Exception thrown) when (thrown is not FormatException)
        {
            // The test's own code: it hears of it as a refused request, like of a marker that cannot be read.
            throw new FormatException($"A script failed: {thrown.Message}", thrown);
        }
    }

    // A queued fault with times=n serves n attempts, and the turn's good answer the one after them.
    private ScriptedTurn? Dequeue()
    {
        lock (_lock)
        {
            if (!_queue.TryPeek(out var head))
            {
                return null;
            }

            if (head.Fault?.Times is { } times && _headAttempts++ < times)
            {
                return head;
            }

            _headAttempts = 0;
            _queue.Dequeue();
            return head.Fault?.Times is null ? head : head with { Fault = null };
        }
    }
}
