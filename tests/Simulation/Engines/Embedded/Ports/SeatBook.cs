using Colloquy.Panels;
using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>A seat was asked for an answer.</summary>
/// <param name="Seat">The key of the seat's grain.</param>
/// <param name="Grain">The activation that was asked.</param>
internal sealed record Asking(SeatBrief Brief, string Seat, object Grain, DateTimeOffset At, int Order);

/// <summary>A model was called for a seat.</summary>
/// <param name="IsAgain">Whether it was asked for the figures alone.</param>
/// <param name="Prose">What it says to people; null where that cannot be foretold.</param>
internal sealed record SeatCall(Asking Asking, bool IsAgain, int Order, string? Silo, string? Prose)
{
    /// <summary>More than any answer may have.</summary>
    public bool IsHuge { get; init; }
}

/// <summary>Notes beside the product who was asked, what was called for it, and which answers are kept: what it is held by in the
/// end.</summary>
internal sealed class SeatBook(Simulation simulation)
{
    private static readonly AsyncLocal<Asking?> _current = new();

    private readonly Dictionary<(string Seat, int Round), int> _held = [];
    private readonly Dictionary<(string Seat, int Round), (object Grain, int Order)> _kept = [];
    private int _order;

    public List<Asking> Askings { get; } = [];
    public List<SeatCall> Calls { get; } = [];

    /// <summary>Silos that crashed.</summary>
    public HashSet<string> Crashed { get; } = new(StringComparer.Ordinal);

    /// <summary>What went wrong first.</summary>
    public string? Broken { get; private set; }

    /// <summary>Whom this flow of execution writes for, or null.</summary>
    public static Asking? Current => _current.Value;

    /// <summary>From here on, this flow writes for who was asked.</summary>
    public void Ask(SeatBrief brief, string seat, object grain)
    {
        var asking = new Asking(brief, seat, grain, simulation.Time.GetUtcNow(), ++_order);
        Askings.Add(asking);
        _current.Value = asking;
    }

    /// <summary>A model is called now.</summary>
    public void Call(Asking asking, bool isAgain, string? prose, string prompt, bool isHuge)
    {
        var call = new SeatCall(asking, isAgain, ++_order, simulation.Silo, prose) { IsHuge = isHuge };
        var (key, brief) = ((asking.Seat, asking.Brief.Round), asking.Brief);
        if (_held.TryGetValue(key, out var held) && asking.Order > held)
            Broken ??= $"P4: {brief.MessageId} was asked for, and a model was called, after its answer was kept";
        if (_kept.TryGetValue(key, out var kept) && kept.Grain == asking.Grain)
            Broken ??= $"P4: a model was called for {brief.MessageId} by the activation that had kept its answer";
        if (!isAgain && Calls.Exists(other => !other.IsAgain && other.Asking.Grain == asking.Grain
            && other.Asking.Brief.MessageId == brief.MessageId))
            Broken ??= $"P4: one activation had a model write {brief.MessageId} twice";
        if (brief.Round == 1 && prompt.Contains(Mark(brief.PanelId), StringComparison.Ordinal) && !isAgain)
            Broken ??= $"P3: {brief.MessageId} was written in sight of what others say";
        if (simulation.Time.GetUtcNow() >= brief.Deadline + TimeSpan.FromSeconds(1))
            Broken ??= $"P4: a model was called for {brief.MessageId} after its round";
        Calls.Add(call);
    }

    /// <summary>The seat's document holds an answer to a round.</summary>
    public void Held(string seat, int round) => _held.TryAdd((seat, round), ++_order);

    /// <summary>An activation knows that the answer is held.</summary>
    public void Kept(string seat, int round, object grain) => _kept.TryAdd((seat, round), (grain, ++_order));

    /// <summary>What everything that is said on a panel contains.</summary>
    public static string Mark(string panel) => $"§{panel[^6..]}§";

    /// <summary>Whether a text is the beginning of something that was written for this message.</summary>
    public bool IsBeginning(string message, string text) => Written(message).Any(prose =>
        prose is null || prose.StartsWith(text, StringComparison.Ordinal)) || IsQuoted(message);

    /// <summary>Whether a text is all of something that was written for this message.</summary>
    public bool IsWhole(string message, string text) => Written(message).Any(prose =>
        prose is null || Kernel.Texts.First(prose, PanelLimits.TextCharacters).Trim() == text);

    /// <summary>Whether rules write it, which need no model for everything.</summary>
    private bool IsQuoted(string message) =>
        Askings.Exists(asking => asking.Brief.MessageId == message && asking.Brief.Agent == Conversation.Quoting);

    private IEnumerable<string?> Written(string message) =>
        Calls.Where(call => !call.IsAgain && call.Asking.Brief.MessageId == message).Select(call => call.Prose);
}
