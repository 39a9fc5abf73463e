using Colloquy.Doubles;
using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class ShippedNotesTests
{
    private static readonly string[] _all = ["clinical-research", "medicine", "regulatory", "research-methods"];

    private readonly ShippedNotes _knowledge = new();

    [Fact]
    public async Task Only_the_named_collections_are_searched()
    {
        var found = await Search("blood pressure of a patient in a trial", "regulatory");
        Assert.NotEmpty(found);
        Assert.All(found, passage => Assert.StartsWith("note_regulatory_", passage.DocumentId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scores_fall_and_are_above_zero()
    {
        var scores = (await Search("How is asthma treated in pregnancy?", _all)).Select(passage => passage.Score).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.All(scores, score => Assert.InRange(score, 0.0001, 1_000));
    }

    [Fact]
    public async Task The_same_search_gives_the_same_passages() =>
        Assert.Equal(await Search("randomised trial", _all), await Search("randomised trial", _all));

    [Theory]
    [InlineData("zyxwvut qwerty")]
    [InlineData("the of and")]
    [InlineData("")]
    public async Task Words_that_no_note_holds_find_nothing(string query) => Assert.Empty(await Search(query, _all));

    [Fact]
    public async Task No_collection_and_unknown_collections_find_nothing()
    {
        Assert.Empty(await Search("hypertension"));
        Assert.Empty(await Search("hypertension", "astrology"));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(3, 3)]
    public async Task The_limit_holds(int limit, int expected) =>
        Assert.Equal(expected, (await _knowledge.Search("acme", new([.. _all], "patients", limit), default)).Count);

    [Fact]
    public async Task A_document_is_found_by_the_id_that_its_passages_carry()
    {
        var passage = (await Search("metformin", "medicine"))[0];
        var document = await _knowledge.Find("acme", passage.DocumentId, default);
        Assert.Equal("medicine", document!.Collection);
        Assert.Equal(passage.Text, document.Text.Substring(passage.Start, passage.Text.Length));
        Assert.Null(await _knowledge.Find("acme", "note_medicine_nothing", default));
    }

    [Fact]
    public async Task A_cancelled_search_does_not_answer() => await Assert.ThrowsAsync<OperationCanceledException>(
        () => _knowledge.Search("acme", new([.. _all], "asthma", 3), new CancellationToken(canceled: true)));

    private Task<IReadOnlyList<Passage>> Search(string query, params string[] collections) =>
        _knowledge.Search("acme", new([.. collections], query, 8), default);
}
