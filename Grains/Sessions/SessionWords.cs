using System.Text;

namespace Colloquy.Sessions;

/// <summary>
/// What a word is, for every session index alike: a run of letters and digits, in lower case, Latin letters without their
/// marks. Scripts without spaces are one word from mark to mark, and are found by its beginning.
/// </summary>
public static class SessionWords
{
    /// <summary>Distinct words of one text that can be found; what comes after them cannot.</summary>
    public const int TextWordsMax = 2048;

    /// <summary>Words of one search; what comes after them is ignored.</summary>
    public const int SearchWordsMax = 8;

    /// <summary>Letters of a word that count.</summary>
    public const int WordLengthMax = 40;

    private const int LatinFirst = 0x00C0;
    private const int VietnameseFirst = 0x1E00;

    // The letter without its mark, by code point; a dot where there is none. A table, because the product runs without the
    // Unicode data that String.Normalize needs.
    private const string Latin =
        "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.yaaaaaaccccccccdd..eeeeeeeeeegggg"
        + "gggghh..iiiiiiiii...jjkk.llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz."
        + "................................oo.............uu............................aaiioouuuuuuuuuu.aa"
        + "aa....ggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
        + "................";

    private const string Vietnamese =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
        + "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
        + "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

    /// <summary>The distinct words of a text, in the order of their first occurrence.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        return Split(text).Where(distinct.Add).Take(TextWordsMax).ToList();
    }

    /// <summary>The words of a search. The last one may be a beginning.</summary>
    public static IReadOnlyList<string> OfSearch(string words) => Split(words).Take(SearchWordsMax).ToList();

    private static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPartOfWord(rune))
            {
                if (word.Length < WordLengthMax)
                    word.Append(Fold(Rune.ToLowerInvariant(rune)));
            }
            else if (!IsMark(rune) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0)
            yield return word.ToString();
    }

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune);

    // A mark that stands alone after its letter, as in text that was decomposed.
    private static bool IsMark(Rune rune) => rune.Value is >= 0x0300 and <= 0x036F;

    private static string Fold(Rune rune)
    {
        var bare = rune.Value switch
        {
            >= LatinFirst when rune.Value < LatinFirst + Latin.Length => Latin[rune.Value - LatinFirst],
            >= VietnameseFirst when rune.Value < VietnameseFirst + Vietnamese.Length => Vietnamese[rune.Value - VietnameseFirst],
            _ => '.',
        };
        return bare is '.' ? rune.ToString() : bare.ToString();
    }
}
