using Xunit;

namespace Colloquy.Panels.Socratic;

public sealed class QuestionsTests
{
    private static string[] Of(string text, params string[] points) => [.. Questions.Of(new(text) { Points = [.. points] })];

    [Theory]
    [InlineData("You are wrong. Is it not so? I know it.", "Is it not so?")]
    [InlineData("Is it so", "")]
    [InlineData("", "")]
    [InlineData("?", "")]
    [InlineData("- ?\n* ?!", "")]
    [InlineData("Is it 3.5 grams?", "Is it 3.5 grams?")]
    [InlineData("See http://example.org/a?b=c for that. It is known.", "")]
    [InlineData("Does http://example.org/a?b=c say so?", "Does http://example.org/a?b=c say so?")]
    [InlineData("Really?! It is so! Is it?", "Really?!|Is it?")]
    [InlineData("A claim\nIs it so?\nAnother claim", "Is it so?")]
    [InlineData("A heading\nand it", "")]
    [InlineData("- Is it so?\n2. Why?\n> * # • \tWhen?\r\nNo.", "Is it so?|Why?|When?")]
    [InlineData("“Is it so?” It is. (Is it?) *Why?* __Who?__ 'Where?' »When?« [What?]",
        "“Is it so?”|(Is it?)|Why?|Who?|'Where?'|»When?«|[What?]")]
    [InlineData("\"So?\" ’Then?’ «Now?» It is.", "\"So?\"|’Then?’|«Now?»")]
    [InlineData("It is so (of course!). Is it?", "Is it?")]
    [InlineData("它是真的吗？我知道。为什么？", "它是真的吗？|为什么？")]
    [InlineData("它是真的！为什么？", "为什么？")]
    [InlineData("هل هو كذلك؟ نعم.", "هل هو كذلك؟")]
    [InlineData("Is it so? is IT so? Is it so?", "Is it so?")]
    public void Only_questions_are_passed_on(string said, string passed) =>
        Assert.Equal(passed.Split('|', StringSplitOptions.RemoveEmptyEntries), Of(said));

    [Theory]
    [InlineData("Dr")]
    [InlineData("Prof")]
    [InlineData("e.g")]
    [InlineData("i.e")]
    [InlineData("vs")]
    [InlineData("cf")]
    public void An_abbreviation_ends_no_sentence(string word)
    {
        Assert.Equal([$"Was it {word}. Smith?"], Of($"Was it {word}. Smith?"));
        Assert.Equal([$"Was it ({word}. Smith)?"], Of($"So it is. Was it ({word}. Smith)?"));
        Assert.Equal([$"Was it \"{word}. Smith\"?"], Of($"So it is. Was it \"{word}. Smith\"?"));
        Assert.Equal(["Was it?"], Of($"So it is {word}! Was it?"));
    }

    [Fact]
    public void Points_are_read_after_the_text()
    {
        Assert.Equal(["Is it?", "Why?", "When?"], Of("It is. Is it?", "It is clear.", "So. Why?", "When? Is it?"));
    }

    [Fact]
    public void There_are_at_most_twelve_and_none_longer_than_a_line()
    {
        var many = string.Join('\n', Enumerable.Range(1, 20).Select(at => $"Is it {at}?"));
        Assert.Equal(Enumerable.Range(1, 12).Select(at => $"Is it {at}?"), Of(many));
        Assert.Equal(500, Assert.Single(Of(new string('a', 600) + "?")).Length);
    }

    /// <summary>Sentences whose kind is known, in any order and any grouping.</summary>
    [Fact]
    public void Of_any_mixture_the_questions_remain_in_order() => WildPanel.Always(seed =>
    {
        string[] statements =
            ["It is so.", "Water boils at 99.97 degrees!", "See Dr. Smith.", "Nobody knows it?yes.", "A line without an end\n"];
        string[] questions = ["Is it so?", "Why?", "Does 3.5 matter, e.g. here?", "Who says?!"];
        var random = new Random(seed);
        var sentences = Enumerable.Range(0, random.Next(12))
            .Select(_ => random.Next(2) == 0 ? statements[random.Next(5)] : questions[random.Next(4)]).ToArray();
        var split = random.Next(sentences.Length + 1);
        var expected = sentences.Where(questions.Contains).Distinct();
        Assert.Equal(expected, Of(string.Join(' ', sentences[..split]), sentences[split..]));
    });
}
