using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Colloquy.Embeddings;
using Colloquy.Knowledge;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Embeddings;

public sealed class HashedEmbedderTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly HashedEmbedder _embedder = new();

    [Fact]
    public void Measure()
    {
        var passages = NoteLibrary.Shipped.Passages.ToList();
        var vectors = passages.Select(p => _embedder.Vector($"{p.Passage.Title} {p.Passage.Heading} {p.Passage.Text}")).ToList();
        var texts = passages.Select(p => p.Passage.Text).ToList();
        output.WriteLine($"passages {texts.Count} avg {texts.Average(t => t.Length)}");
        var watch = Stopwatch.StartNew();
        var n = 0;
        for (; watch.ElapsedMilliseconds < 100; n++)
            _embedder.Vector(texts[n % texts.Count]);
        output.WriteLine($"chunks/s {n / watch.Elapsed.TotalSeconds}");
        var shorts = texts.SelectMany(t => t.Split(". ")).ToList();
        watch.Restart();
        for (n = 0; watch.ElapsedMilliseconds < 100; n++)
            _embedder.Vector(shorts[n % shorts.Count]);
        output.WriteLine($"shorts/s {n / watch.Elapsed.TotalSeconds} avg {shorts.Average(t => t.Length)}");
        foreach (var pair in new[] { ("hypertension", "hypertensive"), ("hypertension", "hypertention"), ("metformin", "metformine"), ("regulation", "regulatory"), ("blood pressure", "pressure of blood"), ("asthma inhaler", "tax law"), ("anticoagulant", "anticoagulation"), ("cat", "dog") })
            output.WriteLine($"{pair} {Dot(_embedder.Vector(pair.Item1), _embedder.Vector(pair.Item2)):0.000}");
        // Sentences of the notes as queries with typos: is its own passage found?
        var bm = new Bm25(passages.Select(p => Words.Of($"{p.Passage.Title} {p.Passage.Heading} {p.Passage.Text}")));
        foreach (var mode in new[] { "whole", "half", "typo" })
        {
            int hit1 = 0, hit5 = 0, b1 = 0, b5 = 0, all = 0;
            for (var at = 0; at < passages.Count; at++)
            {
                var words = passages[at].Passage.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var some = words.Where((_, i) => i % 7 == 3).Take(8).ToList();
                if (mode == "half") some = some.Take(4).ToList();
                if (mode == "typo") some = some.Select((w, i) => w.Length > 5 ? w[..2] + w[3] + w[2] + w[4..] : w).ToList();
                var q = string.Join(' ', some);
                var v = _embedder.Vector(q);
                if (v.All(x => x == 0)) continue;
                all++;
                var rank = vectors.Select((w, i) => (Dot(v, w), i)).OrderByDescending(x => x.Item1).Select(x => x.i).ToList().IndexOf(at);
                if (rank < 1) hit1++;
                if (rank < 5) hit5++;
                var s = bm.Scores(Words.Of(q).Select(w => (w, 1.0)));
                var brank = s.Select((x, i) => (x, i)).OrderByDescending(x => x.x).Select(x => x.i).ToList().IndexOf(at);
                if (s[at] == 0) brank = 999;
                if (brank < 1) b1++;
                if (brank < 5) b5++;
            }
            output.WriteLine($"{mode}: hashed {hit1 * 100.0 / all:0.0} / {hit5 * 100.0 / all:0.0}   bm25 {b1 * 100.0 / all:0.0} / {b5 * 100.0 / all:0.0} of {all}");
        }
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
