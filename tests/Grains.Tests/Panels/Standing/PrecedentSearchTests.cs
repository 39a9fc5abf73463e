using Xunit;
using static Colloquy.Panels.Standing.Boards;

namespace Colloquy.Panels.Standing;

public sealed class PrecedentSearchTests
{
    private static readonly PrecedentSearch _search = new(
    [
        Precedent(1, "Is ibuprofen safe in pregnancy?", "Not in the third trimester."),
        Precedent(2, "Which class is our wound dressing in?", "Class IIb, under rule 4 of the device regulation."),
        Precedent(3, "Is paracetamol safe in pregnancy?", "It is the first choice, in short courses."),
        Precedent(4, "May staff smoke?", "No. Pregnancy, aspirin and safety were talked about at length, and class and dressing too."),
    ]);

    [Fact]
    public void Without_a_text_the_latest_come_first() => Assert.Equal(["pan_4", "pan_3"], Ids(_search.Best(null, 2)));

    [Fact]
    public void A_search_finds_what_shares_a_word_best_first_and_of_equals_the_latest()
    {
        Assert.Equal(["pan_2", "pan_4"], Ids(_search.Best("dressing", 9)));
        Assert.Equal("pan_1", Ids(_search.Best("ibuprofen in pregnancy", 9)).First());
        Assert.Equal(["pan_1"], Ids(_search.Best("trimester", 9)));
        Assert.Empty(_search.Best("tax", 9));
        Assert.Empty(_search.Best("?", 9));
        Assert.Equal(["pan_8", "pan_7"], Ids(new PrecedentSearch([Precedent(7, "Tea?"), Precedent(8, "Tea?")]).Best("tea", 9)));
    }

    [Fact]
    public void What_a_panel_is_told_fits() => Assert.Equal(
        ["pan_3", "pan_1"], Ids(_search.Fitting("Is aspirin safe in pregnancy?", 3)).Order().Reverse());

    [Fact]
    public void The_first_so_many_of_what_fits_are_told() => Assert.Single(_search.Fitting("Is aspirin safe in pregnancy?", 1));

    [Theory]
    [InlineData("Does our wound dressing heal faster under a film, a gel or a foam?")] // two words of many
    [InlineData("Do aspirin and class matter?")] // words of a long answer to another question
    [InlineData("Is smoking taxed?")] // half of the words, and one in the question
    [InlineData("How much is the tax?")]
    [InlineData("?")]
    public void What_does_not_fit_is_not_told(string question) => Assert.Empty(_search.Fitting(question, 3));

    [Fact]
    public void One_word_fits_where_it_is_the_only_one() => Assert.Equal(["pan_1"], Ids(_search.Fitting("Ibuprofen?", 3)));

    private static IEnumerable<string> Ids(IEnumerable<Precedent> found) => found.Select(one => one.PanelId);
}
