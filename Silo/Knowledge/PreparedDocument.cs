using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>A document with everything worked out that needs no transaction, so that the writer is not held up.</summary>
/// <param name="Length">Of all chunks, in words.</param>
/// <param name="Hash">SHA-256 of everything in it: the same document is not written twice.</param>
internal sealed record PreparedDocument(
    string Id, string Title, DocumentFields Fields, IReadOnlyList<string> TitleWords, IReadOnlyList<PreparedChunk> Chunks,
    int Length, byte[] Hash)
{
    /// <exception cref="ArgumentException">A vector has another length than the scope's, or holds what is no number.</exception>
    public static PreparedDocument Of(IndexedDocument document, int dimensions)
    {
        var title = WordSearch.WordsOf(document.Title).ToList();
        var chunks = document.Chunks.Select(chunk => PreparedChunk.Of(chunk, title.Count, dimensions)).ToList();
        return new PreparedDocument(document.Id, document.Title, document.Fields, title, chunks,
            chunks.Sum(chunk => chunk.Length), HashOf(document, chunks));
    }

    private static byte[] HashOf(IndexedDocument document, List<PreparedChunk> chunks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(new
        {
            document.Title,
            document.Fields,
            Chunks = chunks.Select(chunk => new { chunk.Heading, chunk.Start, chunk.Text, Numbers = chunk.Vector.Length }),
        }, StateJson.Options));
        foreach (var chunk in chunks)
            hash.AppendData(MemoryMarshal.AsBytes(chunk.Vector.AsSpan()));
        return hash.GetHashAndReset();
    }
}

/// <param name="Vector">Empty, or of length 1.</param>
/// <param name="Length">In words, those of title and heading counted as often as they weigh.</param>
internal sealed record PreparedChunk(
    string Heading, int Start, string Text, IReadOnlyList<string> HeadingWords, IReadOnlyList<string> TextWords, float[] Vector,
    int Length)
{
    public static PreparedChunk Of(IndexedChunk chunk, int titleWords, int dimensions)
    {
        var (heading, text) = (WordSearch.WordsOf(chunk.Heading).ToList(), WordSearch.WordsOf(chunk.Text).ToList());
        return new PreparedChunk(chunk.Heading, chunk.Start, chunk.Text, heading, text,
            UnitVector.Of(chunk.Vector.Span, dimensions), text.Count + (WordSearch.TitleWeight * (titleWords + heading.Count)));
    }
}

/// <summary>Vectors as they may enter the index.</summary>
internal static class UnitVector
{
    /// <summary>Numbers of a vector at most: what <see cref="VectorCode"/> can add up.</summary>
    private const int DimensionsMax = 8_192;

    /// <summary>How far from 1 a length may be by rounding.</summary>
    private const float LengthSlack = 1e-5f;

    /// <returns>The vector with length 1; empty for the zero vector.</returns>
    /// <exception cref="ArgumentException">It has not as many numbers as it must, or one that is none.</exception>
    public static float[] Of(ReadOnlySpan<float> vector, int dimensions)
    {
        if (dimensions is < 1 or > DimensionsMax)
            throw new ArgumentException($"A scope has vectors of 1 to {DimensionsMax} dimensions, not of {dimensions}.");
        if (vector.Length != dimensions)
            throw new ArgumentException($"A vector has {vector.Length} dimensions; the scope has {dimensions}.");
        if (!TensorPrimitives.IsFiniteAll(vector))
            throw new ArgumentException("A vector holds a value that is not a finite number.");
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest == 0)
            return [];
        var unit = vector.ToArray();
        // Divided twice, because the square of a very small or large number is none.
        var length = TensorPrimitives.Norm(vector);
        if (Math.Abs(length - 1) > LengthSlack)
        {
            TensorPrimitives.Divide(unit, largest, unit);
            TensorPrimitives.Divide(unit, TensorPrimitives.Norm<float>(unit), unit);
        }

        return unit;
    }
}
