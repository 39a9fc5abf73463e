using System.Collections.Immutable;
using System.Text;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>What a session may be begun with.</summary>
/// <param name="Memory">False neither recalls nor remembers; else both.</param>
internal sealed record CreateSessionRequest(
    string? Agent, ModeName? Mode, string? Title, string? Tier, Dictionary<string, string?>? Metadata,
    bool? Memory = null)
{
    public Problem? Check() => ModeName.Check(Mode) ?? SessionRules.Check(new Checks(), Title, Agent, Metadata)
        .That(Tier is null || SessionRules.Tiers.Contains(Tier), "tier", $"One of {string.Join(", ", SessionRules.Tiers)}.")
        .Problem;

    public CreateSession ToCommand(string owner, string fingerprint) => new(
        owner, Title, Agent, ModeName.Of(Mode), Tier,
        SessionRules.ToMetadata(Metadata) ?? ImmutableSortedDictionary<string, string>.Empty, Instructions: null, History: [],
            Fork: null,
        IsListed: true, fingerprint, Forgets: Memory is false ? true : null);
}

/// <summary>Null leaves a field as it is.</summary>
internal sealed record ChangeSessionRequest(string? Title, string? Agent, Dictionary<string, string?>? Metadata)
{
    public Problem? Check() => SessionRules.Check(new Checks(), Title, Agent, Metadata).Problem;

    public ChangeSession ToCommand() => new(Title, Agent, SessionRules.ToMetadata(Metadata));
}

/// <summary>Where to branch off.</summary>
internal sealed record ForkRequest(string? MessageId);

/// <summary>A message to be answered.</summary>
/// <param name="Tools">Names of tools that may be used beside the agent's own.</param>
/// <param name="Panel">Has a panel answer: its outcome is the answer, and the conversation goes on from it.</param>
internal sealed record SendMessageRequest(
    string? Content, ModeName? Mode, string? Agent, string? OnBusy, string[]? Tools, string? Tier, MessagePanel? Panel = null)
{
    /// <summary>UTF-8 bytes of a message's content.</summary>
    public const int ContentBytesMax = 256 * 1024;

    private static readonly string[] OnBusyNames = ["reject", "enqueue", "interrupt", "rollback"];

    public Problem? Check()
    {
        if (Content is not null && Encoding.UTF8.GetByteCount(Content) > ContentBytesMax)
            return Problem.Of(ProblemCodes.ContentTooLarge, "content", $"At most {ContentBytesMax} bytes of UTF-8.");
        if (ModeName.Check(Mode) is { } mode)
            return mode;
        var values = new Checks()
            .That(!string.IsNullOrWhiteSpace(Content), "content", "A text that says something.")
            .That(Agent is null || TenantKey.IsName(Agent), "agent", "The id of an agent.")
            .That(Agent is null || ModeName.Of(Mode) is not SessionMode.Auto, "agent", "Nobody may be named in mode 'auto'.")
            .That(Panel is null || (Agent is null && Mode is null), "panel", "A panel answers in nobody's place and in no mode.")
            .That(OnBusy is null || OnBusyNames.Contains(OnBusy), "onBusy", $"One of {string.Join(", ", OnBusyNames)}.")
            .That(Tier is null || SessionRules.Tiers.Contains(Tier), "tier", $"One of {string.Join(", ", SessionRules.Tiers)}.")
            .Problem;
        return values ?? Panel?.Check() ?? (Tools is { Length: > 0 }
            ? Problem.Of(ProblemCodes.ToolUnavailable, "tools", "A message cannot add tools; name them in the agent.") : null);
    }

    public SendMessage ToCommand(string author, string operation, string fingerprint) => new(
        author, Content!, Agent, OnBusy switch
        {
            "enqueue" => Sessions.OnBusy.Enqueue,
            "interrupt" => Sessions.OnBusy.Interrupt,
            "rollback" => Sessions.OnBusy.Rollback,
            _ => Sessions.OnBusy.Reject,
        }, operation, fingerprint, ModeName.Of(Mode), Panel?.ToCommand());
}

/// <summary>A message that was accepted, and where to watch its answer.</summary>
internal sealed record AcceptedMessage(string RunId, string MessageId, string EventsUrl);

/// <summary>What holds for every request that names a session's fields.</summary>
internal static class SessionRules
{
    public static readonly string[] Tiers = ["lite", "base", "core", "pro", "ultra"];

    private const int TitleMax = 200;
    private const int EntriesMax = 16;
    private const int NameMax = 64;
    private const int ValueMax = 512;

    public static Checks Check(Checks checks, string? title, string? agent, Dictionary<string, string?>? metadata) => checks
        .OptionalText(title, "title", TitleMax)
        .That(agent is null || TenantKey.IsName(agent), "agent", "The id of an agent.")
        .That(metadata is null || (metadata.Count <= EntriesMax && metadata.All(IsEntry)), "metadata",
            $"At most {EntriesMax} texts of {ValueMax} characters, under names of 1 to {NameMax}.");

    public static ImmutableSortedDictionary<string, string>? ToMetadata(Dictionary<string, string?>? metadata) => metadata?
        .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal);

    private static bool IsEntry(KeyValuePair<string, string?> entry) =>
        entry is { Key.Length: > 0 and <= NameMax, Value.Length: <= ValueMax }
        && !entry.Key.Contains('\0', StringComparison.Ordinal) && !entry.Value.Contains('\0', StringComparison.Ordinal);
}
