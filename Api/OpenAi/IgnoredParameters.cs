using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Colloquy.Agents;

namespace Colloquy.OpenAi;

/// <summary>What a client asked for and does not get, though its request is answered. It is told so in a header.</summary>
internal static class IgnoredParameters
{
    /// <summary>The header that names them.</summary>
    public const string Header = "x-colloquy-ignored";

    /// <summary>Names that a header carries; the rest is counted.</summary>
    private const int NamesMax = 16;

    private static readonly FrozenSet<string> Honoured = new[]
    {
        "model", "messages", "stream", "stream_options", "n", "stop", "store", "metadata", "max_tokens", "max_completion_tokens",
        "temperature",
        // Without any meaning once they have passed UnsupportedParameters.
        "tools", "tool_choice", "parallel_tool_calls", "functions", "function_call", "response_format", "logprobs",
        "top_logprobs", "audio", "modalities", "web_search_options",
        // Hints that do not change an answer wherever they are honoured.
        "user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Values that ask for what happens anyway.</summary>
    private static readonly FrozenDictionary<string, string> Neutral = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["top_p"] = "1", ["presence_penalty"] = "0", ["frequency_penalty"] = "0", ["logit_bias"] = "{}",
        ["service_tier"] = "\"auto\"",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Members that nobody here reads, sampling parameters included.</summary>
    public static ImmutableArray<string> In(JsonElement body) =>
    [
        .. body.EnumerateObject()
            .Where(member => member.Value.ValueKind is not JsonValueKind.Null)
            .Where(member => !Honoured.Contains(member.Name) && !IsNeutral(member))
            .Select(member => member.Name),
    ];

    /// <summary>Adds what this agent cannot honour. A session pins its agent's own bound and temperature.</summary>
    /// <param name="agent">Null if one is to be selected.</param>
    public static string? HeaderOf(ChatRequest request, AgentProfile? agent)
    {
        List<string> names = [.. request.Ignored];
        if (agent is null ? request.TokensMax is not null : request.TokensMax < agent.MaxOutputTokens)
            names.Add("max_tokens");
        if (request.Temperature is { } temperature && (agent is null || Math.Abs(temperature - agent.Temperature) > 0.005))
            names.Add("temperature");
        // Names are the client's: only those that a header can carry are repeated.
        var shown = names.Where(name => name.Length is > 0 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter)
            || letter is '_' or '-' or '.')).Take(NamesMax).ToList();
        if (names.Count > shown.Count)
            shown.Add(string.Create(CultureInfo.InvariantCulture, $"+{names.Count - shown.Count}"));
        return shown.Count == 0 ? null : string.Join(", ", shown);
    }

    private static bool IsNeutral(JsonProperty member) => Neutral.TryGetValue(member.Name, out var value)
        && (member.Value.GetRawText() == value
            || (member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetDouble(out var number)
                && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var neutral)
                && Math.Abs(number - neutral) < 1e-9));
}
