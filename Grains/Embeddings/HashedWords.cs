using System.Collections.Frozen;
using System.Globalization;
using Colloquy.Knowledge;

namespace Colloquy.Embeddings;

/// <summary>One number of a vector that a word adds to.</summary>
internal readonly record struct Feature(int At, float Value);

/// <summary>
/// What a word adds to the vectors of <c>hashed/1</c>: its stem, and the runs of three to five letters of its spelling, each at
/// places and with signs that a hash chooses.
/// </summary>
/// <remarks>
/// Feature hashing with signs, K. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009: the dot
/// product of two hashed vectors is that of the unhashed ones, with an error of about 1/sqrt(<see cref="Dimensions"/>). Runs of
/// letters as in P. Bojanowski et al., "Enriching Word Vectors with Subword Information", TACL 2017: a misspelt or inflected word
/// shares most of them. <see cref="PorterStem"/>, <see cref="Words"/>, the list of weights and this file make the vectors: a change
/// of what any of them yields is another version, and golden tests say so.
/// </remarks>
internal static class HashedWords
{
    /// <summary>Of every vector: small enough that a hundred thousand of them are compared one by one in milliseconds.</summary>
    public const int Dimensions = 384;

    /// <summary>Longer words are no words: what follows is left out.</summary>
    public const int LettersMax = 40;

    /// <summary>A stem is spread over so many places: a collision then costs a part of it.</summary>
    private const int StemPlaces = 4;

    private const int RunMin = 3;
    private const int RunMax = 5;

    /// <summary>Shorter words have no telling runs.</summary>
    private const int SpelledMin = 4;

    // Shares of the squared length: two words of one stem and other spelling are still at least this alike.
    private const double StemShare = 0.6;
    private const double RunsShare = 1 - StemShare;

    private const string WeightsName = "Colloquy.Embeddings.frequent-words-1.txt";

    private const ulong StemSeed = 0x5374656d5f763101;
    private const ulong RunSeed = 0x52756e735f763101;

    private static readonly FrozenDictionary<string, float> _weights = ReadWeights();

    /// <summary>The features of a word in lower case, of the length that it weighs; none if it is too frequent to tell texts
    /// apart.</summary>
    public static Feature[] Of(string word)
    {
        if (Words.IsFrequent(word))
            return [];
        var stem = PorterStem.Of(word);
        var weight = _weights.GetValueOrDefault(stem, 1f);
        var isSpelled = word.Length >= SpelledMin;
        var features = new List<Feature>();
        AddStem(features, stem, weight * Math.Sqrt(isSpelled ? StemShare : 1));
        if (isSpelled)
            AddRuns(features, $"<{word}>", weight * Math.Sqrt(RunsShare));
        return [.. features];
    }

    private static void AddStem(List<Feature> features, string stem, double length)
    {
        var value = (float)(length / Math.Sqrt(StemPlaces));
        for (var place = 0; place < StemPlaces; place++)
            features.Add(Hashed(stem, StemSeed + (ulong)place, value));
    }

    private static void AddRuns(List<Feature> features, string spelled, double length)
    {
        var count = 0;
        for (var size = RunMin; size <= RunMax && size < spelled.Length; size++)
            count += spelled.Length - size + 1;
        var value = (float)(length / Math.Sqrt(count));
        for (var size = RunMin; size <= RunMax && size < spelled.Length; size++)
        {
            for (var at = 0; at + size <= spelled.Length; at++)
                features.Add(Hashed(spelled.AsSpan(at, size), RunSeed, value));
        }
    }

    // FNV-1a over UTF-16 units, then the finalizer of MurmurHash3: string.GetHashCode differs from process to process.
    private static Feature Hashed(ReadOnlySpan<char> text, ulong seed, float value)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var sign in text)
            hash = (hash ^ sign) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        hash ^= hash >> 33;
        return new((int)((hash >> 32) % (ulong)Dimensions), (hash & 1) == 0 ? value : -value);
    }

    private static FrozenDictionary<string, float> ReadWeights()
    {
        using var list = new StreamReader(typeof(HashedWords).Assembly.GetManifestResourceStream(WeightsName)!);
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        while (list.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split(':') is not [var weight, var words])
                continue;
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                weights.TryAdd(PorterStem.Of(word), float.Parse(weight, CultureInfo.InvariantCulture)); // the first line counts
        }

        return weights.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
