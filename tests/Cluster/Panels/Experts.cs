using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Colloquy.FakeModel;

namespace Colloquy.Clusters.Panels;

/// <summary>What the model says for seats of panels: prose first, then whatever figures the request asks for. Every answer begins with
/// a mark that only its request has, so a journal tells which request was paid for which of its words.</summary>
internal static partial class Experts
{
    /// <summary>The agent whose requests the model refuses.</summary>
    public const string Mute = "expert-mute";

    private const int Count = 5;

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"expert-{number}");

    /// <summary>Has the tenant's experts made.</summary>
    public static async Task Create(Caller caller)
    {
        foreach (var id in Enumerable.Range(1, Count).Select(Name).Append(Mute))
            await caller.Post("/v1/agents", new { id, name = id, persona = $"You are {id}." });
    }

    public static bool IsOfPanel(RecordedRequest request) =>
        request.IsChat && request.LastUser.Contains("The question of the panel:\n", StringComparison.Ordinal);

    public static bool IsMute(RecordedRequest request) => Persona(request).StartsWith($"You are {Mute}.", StringComparison.Ordinal);

    /// <summary>The mark of an answer to this request.</summary>
    public static string MarkOf(RecordedRequest request) => $"mark-{Convert.ToHexStringLower(Hash(request))[..16]}";

    /// <summary>Who is asked what, in a line.</summary>
    public static string Told(RecordedRequest request)
    {
        var question = request.LastUser[request.LastUser.LastIndexOf("The question of the panel:\n", StringComparison.Ordinal)..];
        return $"{request.At:O} {request.Outcome} {MarkOf(request)} {Persona(request).Length} {string.Concat(Persona(request).Take(24))}: "
            + string.Concat(question.ReplaceLineEndings(" ").Skip(27).Take(160));
    }

    /// <summary>The mark of the request that was answered by this text, or null.</summary>
    public static string? MarkIn(string text) => Mark().Match(text) is { Success: true } mark ? mark.Value : null;

    /// <summary>A seat's answer; null for what no panel asks.</summary>
    public static ScriptedTurn? Answer(RecordedRequest request) => !IsOfPanel(request) ? null
        : IsMute(request) ? ScriptedTurn.Fails(Fault.Http(400))
        : new()
        {
            Text = Text(request), Chunks = 12, FirstDelay = TimeSpan.FromMilliseconds(20),
            ChunkDelay = TimeSpan.FromMilliseconds(15),
        };

    private static string Text(RecordedRequest request)
    {
        var (asked, hash) = (request.LastUser, Hash(request));
        var form = asked[(asked.LastIndexOf("```json", StringComparison.Ordinal) + 7)..];
        var hasHeard = asked.Contains("Material of the panel, as JSON", StringComparison.Ordinal);
        // Drafts differ by expert, so there is something to talk about; who has heard the others is mostly won over.
        var number = Number().Match(Persona(request)) is { Success: true } named ? int.Parse(named.Value, CultureInfo.InvariantCulture) : 1;
        var isFor = hasHeard ? hash[0] % 4 != 0 : number % 2 == 1;
        var json = new JsonObject();
        void Give(string name, Func<JsonNode?> value)
        {
            if (form.Contains($"\"{name}\":", StringComparison.Ordinal))
                json[name] = value();
        }
        var labels = Labels().Match(form).Groups[1].Value.Split(", ");
        Give("stance", () => isFor ? "Yes, with an alarm" : "No, not without a nurse");
        Give("estimate", () => hasHeard ? 20 + (hash[1] % 3) : 10 * number);
        Give("choice", () => labels[hash[2] % labels.Length]);
        Give("ranking", () => new JsonArray([.. labels.Select(label => JsonValue.Create(label))]));
        Give("scores", () => new JsonObject(Criteria().Matches(form).Select(criterion => KeyValuePair.Create(
            criterion.Groups[1].Value, (JsonNode?)JsonValue.Create((hash[3] % 5) + 1)))));
        Give("points", () => new JsonArray("What does it rest on?"));
        Give("content", () => !asked.Contains("You may only ask", StringComparison.Ordinal) && hash[4] % 3 == 0);
        Give("confidence", () => 0.5 + (hash[5] % 5 / 10.0));
        Give("notes", () => $"I said {MarkOf(request)} of it.");
        var prose = isFor ? "It may be used at home where an alarm wakes somebody who can help, and the alarm is tested every day."
            : "It may not be used at home unless a nurse stands by, because what the alarm finds nobody there can mend.";
        return $"{MarkOf(request)} is what I rest on. {prose} That is my view of it.\n\n```json\n{json.ToJsonString()}\n```";
    }

    private static string Persona(RecordedRequest request) =>
        request.Messages.FirstOrDefault(message => message.Role is "system" or "developer")?.Text ?? "";

    private static byte[] Hash(RecordedRequest request) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', request.Messages.Select(message => message.Text))));

    [GeneratedRegex("mark-[0-9a-f]{16}")]
    private static partial Regex Mark();

    [GeneratedRegex("(?<=^You are expert-)[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("\"one of: ([^\"]*)\"")]
    private static partial Regex Labels();

    [GeneratedRegex("\"([^\"]+)\": 1 to 5")]
    private static partial Regex Criteria();
}
