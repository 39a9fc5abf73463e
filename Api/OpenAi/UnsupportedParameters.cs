using System.Text.Json;
using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Refuses what would make an answer mean something else: a client that asks for a tool call or for JSON cannot do
/// anything with prose.</summary>
internal static class UnsupportedParameters
{
    private const string Tools = "The tools of an agent belong to the agent; a request cannot bring its own.";

    /// <exception cref="ProblemException">The request has such a parameter.</exception>
    public static void Refuse(JsonElement body)
    {
        if (IsFilled(body, "tools"))
            throw Parameters.Unsupported("tools", Tools);
        if (IsFilled(body, "functions"))
            throw Parameters.Unsupported("functions", Tools);
        RefuseChoice(body, "tool_choice");
        RefuseChoice(body, "function_call");
        if (Parameters.Object(body, "response_format") is var format && Parameters.IsGiven(format)
            && Parameters.String(format, "type", "response_format.type") is not "text")
        {
            throw Parameters.Unsupported("response_format", "Agents answer in text.");
        }
        if (Parameters.Bool(body, "logprobs") || Parameters.Integer(body, "top_logprobs", 0, 20) > 0)
            throw Parameters.Unsupported("logprobs", "Probabilities of tokens are not known here.");
        if (Parameters.IsGiven(Parameters.At(body, "audio")))
            throw Parameters.Unsupported("audio", "Agents answer in text.");
        if (Parameters.At(body, "modalities") is { ValueKind: JsonValueKind.Array } modalities
            && modalities.EnumerateArray().Any(one => one.ValueKind is not JsonValueKind.String || !one.ValueEquals("text"u8)))
        {
            throw Parameters.Unsupported("modalities", "Agents answer in text.");
        }
        if (Parameters.IsGiven(Parameters.At(body, "web_search_options")))
            throw Parameters.Unsupported("web_search_options", "Where an agent looks things up is the agent's own affair.");
    }

    private static bool IsFilled(JsonElement body, string name) => Parameters.At(body, name) switch
    {
        { ValueKind: JsonValueKind.Undefined } => false,
        { ValueKind: JsonValueKind.Array } items => items.GetArrayLength() > 0,
        _ => throw Parameters.WrongType(name, "an array"),
    };

    // Without tools, "none" and "auto" mean the same: that none is called.
    private static void RefuseChoice(JsonElement body, string name)
    {
        if (Parameters.At(body, name) is var choice && Parameters.IsGiven(choice)
            && !(choice.ValueKind is JsonValueKind.String && (choice.ValueEquals("none"u8) || choice.ValueEquals("auto"u8))))
        {
            throw Parameters.Unsupported(name, Tools);
        }
    }
}
