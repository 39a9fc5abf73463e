using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colloquy.Embeddings;
using Colloquy.Runs;

namespace Colloquy.OpenAi;

/// <summary>What all parts of one completion share.</summary>
internal sealed record CompletionHead(string Id, long Created, string Model);

/// <summary>Spells OpenAI's objects. Members stand as OpenAI's published schemas have them; ours is <c>colloquy</c>.</summary>
internal sealed class Wire(PipeWriter output)
{
    public const string Json = "application/json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json = new(output, Options);

    public void Error(OpenAiError error) => Write(error.WriteTo);

    public void Models(IEnumerable<ModelCard> models) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var model in models)
            model.WriteTo(json);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public void Model(ModelCard model) => Write(model.WriteTo);

    /// <summary>Vectors in the order of their texts.</summary>
    public void Embeddings(EmbedResult result, bool isBase64) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var index = 0; index < result.Vectors.Length; index++)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, index);
            WriteVector(json, result.Vectors[index].AsSpan(), isBase64);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("model"u8, result.Model);
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, result.Tokens);
        json.WriteNumber("total_tokens"u8, result.Tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A whole completion.</summary>
    public void Completion(
        CompletionHead head, IReadOnlyList<ChoiceNews.Finished> choices, IReadOnlyList<string> texts) => Write(json =>
    {
        Begin(json, head, "chat.completion"u8);
        json.WriteStartArray("choices"u8);
        foreach (var choice in choices)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, choice.Index);
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("content"u8, texts[choice.Index]);
            json.WriteNull("refusal"u8);
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
            WriteOwn(json, choice.End);
            json.WriteEndObject();
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, choice.Finish);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteUsage(json, Sum(choices));
        json.WriteEndObject();
    });

    /// <summary>The first chunk of a choice.</summary>
    public void Role(CompletionHead head, int index, bool withUsage) => Chunk(head, index, withUsage, null, json =>
    {
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, ""u8);
        json.WriteNull("refusal"u8);
    });

    public void Words(CompletionHead head, int index, bool withUsage, string text) =>
        Chunk(head, index, withUsage, null, json => json.WriteString("content"u8, text));

    /// <summary>The last chunk of a choice.</summary>
    public void Finish(CompletionHead head, ChoiceNews.Finished choice, bool withUsage) =>
        Chunk(head, choice.Index, withUsage, choice.Finish, json => WriteOwn(json, choice.End));

    /// <summary>The chunk that follows the last choice, for who asked for it.</summary>
    public void Usage(CompletionHead head, IReadOnlyList<ChoiceNews.Finished> choices) => Event(json =>
    {
        Begin(json, head, "chat.completion.chunk"u8);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        WriteUsage(json, Sum(choices));
        json.WriteEndObject();
    });

    /// <summary>An error in the middle of a stream.</summary>
    public void ErrorEvent(OpenAiError error) => Event(error.WriteTo);

    public void Done() => output.Write("data: [DONE]\n\n"u8);

    /// <summary>A sign of life, which every reader of events passes over.</summary>
    public void Heartbeat() => output.Write(": hb\n\n"u8);

    private void Chunk(
        CompletionHead head, int index, bool withUsage, string? finish, Action<Utf8JsonWriter> delta) => Event(json =>
    {
        Begin(json, head, "chat.completion.chunk"u8);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("delta"u8);
        delta(json);
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, finish);
        json.WriteEndObject();
        json.WriteEndArray();
        if (withUsage)
            json.WriteNull("usage"u8);
        json.WriteEndObject();
    });

    private void Event(Action<Utf8JsonWriter> write)
    {
        output.Write("data: "u8);
        Write(write);
        output.Write("\n\n"u8);
    }

    private void Write(Action<Utf8JsonWriter> write)
    {
        write(_json);
        _json.Flush();
        _json.Reset();
    }

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector, bool isBase64)
    {
        if (isBase64)
        {
            json.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes(vector)); // every machine that .NET runs on is little-endian
            return;
        }
        json.WriteStartArray("embedding"u8);
        foreach (var value in vector)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter json, CompletionHead head, ReadOnlySpan<byte> kind)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, head.Id);
        json.WriteString("object"u8, kind);
        json.WriteNumber("created"u8, head.Created);
        json.WriteString("model"u8, head.Model);
    }

    private static void WriteOwn(Utf8JsonWriter json, RunEnd end)
    {
        json.WriteStartObject("colloquy"u8);
        json.WriteString("messageId"u8, end.MessageId);
        json.WritePropertyName("citations"u8);
        if (end.Citations.ValueKind is JsonValueKind.Array)
            end.Citations.WriteTo(json);
        else
            json.WriteRawValue("[]"u8);
        json.WritePropertyName("confidence"u8);
        if (end.Confidence.ValueKind is JsonValueKind.Object)
            end.Confidence.WriteTo(json);
        else
            json.WriteNullValue();
        json.WriteEndObject();
    }

    private static Usage Sum(IEnumerable<ChoiceNews.Finished> choices) =>
        choices.Aggregate(Runs.Usage.None, (sum, choice) => sum + choice.End.Usage);

    private static void WriteUsage(Utf8JsonWriter json, Usage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.InputTokens);
        json.WriteNumber("completion_tokens"u8, usage.OutputTokens);
        json.WriteNumber("total_tokens"u8, usage.TotalTokens);
        json.WriteEndObject();
    }
}
