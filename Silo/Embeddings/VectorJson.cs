using System.Text.Json;
using Colloquy.Models;

namespace Colloquy.Embeddings;

/// <summary>Reads vectors out of the three shapes in which Hugging Face sends them.</summary>
/// <remarks>
/// <c>number[]</c>: the vector of the only text. <c>number[][]</c>: a vector for each text, or for one text a vector for each of
/// its tokens. <c>number[][][]</c>: for each text a vector for each token. Vectors of tokens are averaged: the mean pooling of
/// N. Reimers and I. Gurevych, "Sentence-BERT", 2019. The service leaves out tokens that only pad.
/// </remarks>
internal static class VectorJson
{
    /// <exception cref="ModelException">It is none of these shapes, or not of this many texts.</exception>
    public static IReadOnlyList<float[]> Read(JsonElement answer, int texts)
    {
        var vectors = DepthOf(answer) switch
        {
            1 => [Numbers(answer)],
            2 when texts == 1 && answer.GetArrayLength() > 1 => [Mean(answer)],
            2 => answer.EnumerateArray().Select(Numbers).ToList(),
            3 => answer.EnumerateArray().Select(Mean).ToList(),
            _ => throw Bad("The service's answer holds no vectors."),
        };
        return vectors.Count == texts ? vectors : throw Bad($"The service gave {vectors.Count} vectors for {texts} texts.");
    }

    private static int DepthOf(JsonElement json)
    {
        var depth = 0;
        for (; json.ValueKind is JsonValueKind.Array && json.GetArrayLength() > 0; json = json[0])
            depth++;
        return json.ValueKind is JsonValueKind.Number ? depth : 0;
    }

    private static float[] Numbers(JsonElement row) => row.ValueKind is JsonValueKind.Array
        ? [.. row.EnumerateArray().Select(Number)] : throw Bad("The service's answer mixes shapes.");

    private static float Number(JsonElement value) => value.ValueKind is JsonValueKind.Number && value.TryGetSingle(out var number)
        ? number : throw Bad($"The service's vectors hold a {value.ValueKind} where a number is due.");

    private static float[] Mean(JsonElement tokens)
    {
        if (tokens.ValueKind is not JsonValueKind.Array || tokens.GetArrayLength() == 0)
            throw Bad("The service's answer has a text without tokens.");
        double[]? sum = null;
        foreach (var token in tokens.EnumerateArray())
        {
            var vector = Numbers(token);
            sum ??= new double[vector.Length];
            if (vector.Length != sum.Length)
                throw Bad("The service's vectors differ in length.");
            for (var at = 0; at < sum.Length; at++)
                sum[at] += vector[at];
        }

        return [.. sum!.Select(value => (float)(value / tokens.GetArrayLength()))];
    }

    private static ModelException Bad(string message) => new(ModelErrors.BadAnswer, message);
}
