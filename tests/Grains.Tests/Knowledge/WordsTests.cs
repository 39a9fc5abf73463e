using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class WordsTests
{
    [Theory]
    [InlineData("classified", "classification")]
    [InlineData("classify", "classifications")]
    [InlineData("randomised", "randomization")]
    [InlineData("tumours", "tumor")]
    [InlineData("anaemia", "anemia")]
    [InlineData("labelling", "labeling")]
    [InlineData("hypertensive", "hypertension")]
    [InlineData("diabetic", "diabetes")]
    [InlineData("treated", "treatment")]
    [InlineData("biases", "bias")]
    [InlineData("diagnosis", "diagnosed")]
    [InlineData("pregnant", "pregnancy")]
    [InlineData("identify", "identifications")]
    [InlineData("Studies", "study")]
    public void Forms_of_one_word_meet(string one, string other) => Assert.Equal(Words.Of(one), Words.Of(other));

    [Theory]
    [InlineData("trial", "trail")]
    [InlineData("hypertension", "hypotension")]
    [InlineData("IIa", "IIb")]
    [InlineData("treaty", "treatment")]
    public void Different_words_stay_apart(string one, string other) => Assert.NotEqual(Words.Of(one), Words.Of(other));

    // From Porter's paper and his published vocabulary.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("agreed", "agre")]
    [InlineData("hopping", "hop")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("relational", "relat")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("triplicate", "triplic")]
    [InlineData("hopefulness", "hope")]
    [InlineData("adjustment", "adjust")]
    [InlineData("adoption", "adopt")]
    [InlineData("controll", "control")]
    [InlineData("sky", "sky")]
    public void Stems_are_porters(string word, string stem) => Assert.Equal(stem, PorterStem.Of(word));

    [Fact]
    public void Letters_and_digits_of_any_script_are_words_and_the_rest_divides() =>
        Assert.Equal(["über", "510", "k", "клиника", "治", "疗", "3"], Words.Of("Über 510(k): клиника, 治疗 – 3?"));

    [Fact]
    public void Frequent_words_are_left_out_but_negations_stay() =>
        Assert.Equal(["drug", "not", "safe"], Words.Of("The drug is not safe."));
}
