namespace Colloquy.Knowledge;

/// <summary>
/// Reduces an English word to its stem, so that "classified" finds "classification". M. F. Porter, "An algorithm for suffix
/// stripping", Program 14(3), 1980, with additions before it: British spelling to American, -ification to -ify, and families of
/// medical and regulatory words.
/// </summary>
/// <remarks>A stem is a search key and need not be a word. Words with characters other than a to z stay as they are.</remarks>
internal static class PorterStem
{
    // Words of our fields whose forms the rules keep apart: "diagnosis", "diagnosed" and "diagnostic" have three stems.
    private static readonly (string Beginning, string Stem)[] _families =
    [
        ("diagnos", "diagnos"), ("prognos", "prognos"), ("analys", "analys"), ("analyz", "analys"), ("analytic", "analys"),
        ("pregnan", "pregnan"), ("allerg", "allerg"), ("therap", "therap"), ("regulat", "regulat"), ("infect", "infect"),
        ("bias", "bias"), ("treatment", "treat"), ("safety", "safe"),
    ];

    private static readonly (string Suffix, string With)[] _second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"),
        ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"),
        ("biliti", "ble"),
    ];

    private static readonly (string Suffix, string With)[] _third =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    // Longer before shorter where one ends with the other.
    private static readonly string[] _fourth =
    [
        "ement", "ment", "ent", "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ion", "ou", "ism", "ate", "iti", "ous",
        "ive", "ize",
    ];

    /// <param name="word">In lower case.</param>
    public static string Of(string word)
    {
        if (word.Length < 3 || !word.All(char.IsAsciiLetterLower))
            return word;
        var family = Array.FindIndex(_families, one => word.StartsWith(one.Beginning, StringComparison.Ordinal));
        if (family >= 0)
            return _families[family].Stem;
        var stem = Participle(Plural(American(word)));
        if (stem[^1] == 'y' && HasVowel(stem[..^1]))
            stem = stem[..^1] + "i";
        stem = Replace(Replace(stem, _second), _third);
        return Final(Derivation(stem));
    }

    private static string American(string word)
    {
        var ification = word.EndsWith("ification", StringComparison.Ordinal) ? 7
            : word.EndsWith("ifications", StringComparison.Ordinal) ? 8 : 0;
        if (ification > 0)
            word = word[..^ification] + "y";
        foreach (var end in (ReadOnlySpan<string>)["isation", "isations", "ise", "ised", "ises", "ising", "iser", "isers"])
        {
            // Short words keep their s: "rise", "wise", "raised".
            if (word.Length > end.Length + 3 && word.EndsWith(end, StringComparison.Ordinal))
                word = $"{word[..^end.Length]}iz{end[2..]}";
        }

        word = word.Replace("aemi", "emi", StringComparison.Ordinal).Replace("haem", "hem", StringComparison.Ordinal)
            .Replace("paed", "ped", StringComparison.Ordinal).Replace("oede", "ede", StringComparison.Ordinal);
        return word.EndsWith("our", StringComparison.Ordinal) && word.Length > 5 ? word[..^3] + "or"
            : word.EndsWith("ours", StringComparison.Ordinal) && word.Length > 6 ? word[..^4] + "ors"
            : word.Replace("labell", "label", StringComparison.Ordinal);
    }

    private static string Plural(string word) =>
        word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ies", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1]
        : word;

    private static string Participle(string word)
    {
        if (word.EndsWith("eed", StringComparison.Ordinal))
            return Measure(word[..^3]) > 0 ? word[..^1] : word;
        var cut = word.EndsWith("ed", StringComparison.Ordinal) ? 2 : word.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        if (cut == 0 || !HasVowel(word[..^cut]))
            return word;
        var stem = word[..^cut];
        if (stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal)
            || stem.EndsWith("iz", StringComparison.Ordinal))
            return stem + "e";
        return EndsDouble(stem) && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1]
            : Measure(stem) == 1 && EndsShort(stem) ? stem + "e"
            : stem;
    }

    private static string Replace(string word, (string Suffix, string With)[] rules)
    {
        foreach (var (suffix, with) in rules)
        {
            if (word.EndsWith(suffix, StringComparison.Ordinal))
                return Measure(word[..^suffix.Length]) > 0 ? word[..^suffix.Length] + with : word;
        }

        return word;
    }

    private static string Derivation(string word)
    {
        foreach (var suffix in _fourth)
        {
            if (!word.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            var stem = word[..^suffix.Length];
            var fits = Measure(stem) > 1 && (suffix != "ion" || stem[^1] is 's' or 't');
            return fits ? stem : word;
        }

        return word;
    }

    private static string Final(string word)
    {
        if (word[^1] == 'e')
        {
            var stem = word[..^1];
            var measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsShort(stem)))
                word = stem;
        }

        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word) > 1 ? word[..^1] : word;
    }

    /// <summary>How often a vowel is followed by a consonant: Porter's m.</summary>
    private static int Measure(string stem)
    {
        var count = 0;
        for (var i = 1; i < stem.Length; i++)
        {
            if (IsConsonant(stem, i) && !IsConsonant(stem, i - 1))
                count++;
        }

        return count;
    }

    private static bool IsConsonant(string word, int i) => word[i] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => i == 0 || !IsConsonant(word, i - 1),
        _ => true,
    };

    private static bool HasVowel(string stem)
    {
        for (var i = 0; i < stem.Length; i++)
        {
            if (!IsConsonant(stem, i))
                return true;
        }

        return false;
    }

    private static bool EndsDouble(string stem) =>
        stem.Length > 1 && stem[^1] == stem[^2] && IsConsonant(stem, stem.Length - 1);

    /// <summary>Ends consonant, vowel, consonant, the last not w, x or y: such a stem once had an e.</summary>
    private static bool EndsShort(string stem) =>
        stem.Length > 2 && IsConsonant(stem, stem.Length - 1) && !IsConsonant(stem, stem.Length - 2)
        && IsConsonant(stem, stem.Length - 3) && stem[^1] is not ('w' or 'x' or 'y');
}
