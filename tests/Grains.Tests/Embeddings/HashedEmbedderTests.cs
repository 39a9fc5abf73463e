using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Colloquy.Embeddings;
using Colloquy.Knowledge;
using Microsoft.Extensions.AI;
using Xunit.Abstractions;

namespace Colloquy.Tests.Embeddings;

public sealed class HashedEmbedderTests(ITestOutputHelper output)
{
    private static readonly HashedEmbedder _embedder = new();

    // Vectors are stored beside documents for years. If this fails, either what was changed must be changed back, or the new
    // vectors are hashed/2 and stored collections are indexed anew.
    [Theory]
    [InlineData("blood pressure", "4f9120d57b49df97acd58392274f39f1")]
    [InlineData("Is metformin safe in chronic kidney disease?", "12dca09f7e2168e8c0809cd71ffc2a11")]
    [InlineData("Regulation (EU) 2017/745: Klassifizierung, élève, 高血圧", "61a39dd931330d6c9e592647df4c965b")]
    [InlineData("no not never and yet again and again and again", "c5d095c0266e09606ccc734418f492a1")]
    public void The_vectors_of_version_1_never_change(string text, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(_embedder.Vector(text))))[..32]);

    [Fact]
    public void The_vector_of_a_word_is_where_it_always_was()
    {
        var places = _embedder.Vector("ich").Select((value, at) => (value, at)).Where(one => one.value != 0);
        Assert.Equal("2:0.5 161:-0.5 231:-0.5 316:0.5", string.Join(' ', places.Select(
            one => string.Create(CultureInfo.InvariantCulture, $"{one.at}:{one.value}"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n -- 。")]
    [InlineData("the of and was it")]
    public void A_text_without_a_telling_word_is_the_zero_vector(string text) =>
        Assert.All(_embedder.Vector(text), value => Assert.Equal(0, value));

    [Fact]
    public async Task Vectors_have_length_1_and_come_in_order()
    {
        var made = await _embedder.GenerateAsync(["asthma", "heart failure", "asthma"]);
        Assert.All(made, one => Assert.Equal((HashedWords.Dimensions, 1), (one.Dimensions, Math.Round(Dot(one, one), 5))));
        Assert.Equal(made[0].Vector.ToArray(), made[2].Vector.ToArray());
        Assert.True(Math.Abs(Dot(made[0], made[1])) < 0.2);
        Assert.True(made.Usage!.InputTokenCount > 0);
    }

    [Theory]
    [InlineData("hypertension", "hypertensive", 0.8)]
    [InlineData("classified", "classification", 0.7)]
    [InlineData("metformin", "Metformin", 0.999)]
    [InlineData("pressure of the blood", "blood pressure", 0.999)]
    [InlineData("anticoagulant", "anticoagulation", 0.7)]
    [InlineData("pharmacovigilance", "pharmacovigilence", 0.2)]
    [InlineData("randomisation", "randomization", 0.7)]
    public void Inflected_and_misspelt_words_are_near(string one, string other, double least) =>
        Assert.InRange(Dot(one, other), least, 1.0001);

    [Fact]
    public void A_telling_word_outweighs_frequent_ones() =>
        Assert.True(Dot("give me information about warfarin", "warfarin") > Dot("give me information about warfarin", "information"));

    [Fact]
    public void A_word_that_is_not_remembered_counts_like_one_that_is()
    {
        var full = new HashedEmbedder();
        for (var at = 0; at < 33_000; at++)
            full.Vector($"word{at}");
        const string Text = "sarcoidosis and sarcoidosis with uveitis, Sarcoidosis";
        Assert.Equal(_embedder.Vector(Text), full.Vector(Text));
    }

    // A passage is looked for by a few of its words, one in seven. Plain chance would find it among the first five of 161 in 3 %.
    [Theory]
    [InlineData(8, false, 0.9)]
    [InlineData(4, false, 0.7)]
    [InlineData(8, true, 0.4)]
    public void A_few_words_of_a_passage_find_it_even_misspelt(int words, bool isMisspelt, double least)
    {
        var passages = NoteLibrary.Shipped.Passages.Select(entry => entry.Passage).ToList();
        var vectors = passages.ConvertAll(passage => _embedder.Vector($"{passage.Title} {passage.Heading} {passage.Text}"));
        var found = passages.Select((passage, at) =>
        {
            var query = _embedder.Vector(string.Join(' ', passage.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where((_, place) => place % 7 == 3).Take(words).Select(word => isMisspelt ? Misspelt(word) : word)));
            var own = Dot(query, vectors[at]);
            return vectors.Count(vector => Dot(query, vector) > own) < 5 && own > 0;
        }).ToList();
        var share = found.Count(isFound => isFound) / (double)found.Count;
        output.WriteLine($"{share:P1} of {found.Count}");
        Assert.InRange(share, least, 1);
    }

    private static string Misspelt(string word) => word.Length > 5 ? $"{word[..2]}{word[3]}{word[2]}{word[4..]}" : word;

    private static double Dot(string one, string other) => Dot(_embedder.Vector(one), _embedder.Vector(other));

    private static double Dot(Embedding<float> one, Embedding<float> other) => Dot(one.Vector.ToArray(), other.Vector.ToArray());

    private static double Dot(float[] one, float[] other)
    {
        var sum = 0.0;
        for (var at = 0; at < one.Length; at++)
            sum += (double)one[at] * other[at];
        return sum;
    }
}
