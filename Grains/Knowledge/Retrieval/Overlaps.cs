namespace Colloquy.Knowledge.Retrieval;

/// <summary>Takes out what chunks of one document repeat of each other: no character of a source stands in two passages of one
/// answer, so no sentence is cited twice.</summary>
internal static class Overlaps
{
    /// <summary>A passage of which less is left says nothing that the others do not.</summary>
    private const int LeftMin = 40;

    /// <param name="candidates">Best first: the better one of two keeps the text that they share.</param>
    public static IReadOnlyList<Candidate> Trim(IReadOnlyList<Candidate> candidates)
    {
        var kept = new List<Candidate>();
        foreach (var candidate in candidates)
        {
            var passage = candidate.Passage;
            var (start, end) = (passage.Start, passage.Start + passage.Text.Length);
            foreach (var other in kept.Select(one => one.Passage).Where(one => one.DocumentId == passage.DocumentId))
            {
                var otherEnd = other.Start + other.Text.Length;
                if (other.Start <= start && otherEnd > start)
                    start = Math.Min(otherEnd, end);
                else if (other.Start < end && other.Start > start)
                    end = other.Start;
            }
            if (start == passage.Start && end == passage.Start + passage.Text.Length)
                kept.Add(candidate);
            else if (Cut(passage, start, end) is { Text.Length: >= LeftMin } rest)
                kept.Add(candidate with { Passage = rest });
        }
        return kept;
    }

    private static Passage Cut(Passage passage, int start, int end)
    {
        var left = passage.Text[(start - passage.Start)..(end - passage.Start)];
        var trimmed = left.TrimStart();
        return passage with { Text = trimmed.TrimEnd(), Start = start + left.Length - trimmed.Length };
    }
}
