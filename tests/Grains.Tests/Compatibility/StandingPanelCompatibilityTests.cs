using System.Text.Encodings.Web;
using System.Text.Json;
using Colloquy.Feedback;
using Colloquy.Panels.Standing;

namespace Colloquy.Tests.Compatibility;

/// <summary>Documents of standing panels, and of the feedback that they learn from.</summary>
public sealed class StandingPanelCompatibilityTests
{
    // As every store of documents spells them.
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void A_standing_panel_reads_and_spells_as_it_did()
    {
        var state = Reads<StandingState>("v1/standing-panel.json");
        Assert.Equal((2, 2, "weighted"), (state.Precedents.Length, state.Ratings.Length, state.Panel!.Rule));
    }

    [Fact]
    public void A_list_of_standing_panels_reads_and_spells_as_it_did() =>
        Assert.Equal(2, Reads<StandingListState>("v1/standing-panels.json").Panels.Length);

    [Fact]
    public void A_lesson_for_a_standing_panel_reads_and_spells_as_it_did() =>
        Assert.Equal("board", Reads<FeedbackState>("v1/feedback-of-a-standing-panel.json").Entries[0].Outstanding[0].Panel);

    private static T Reads<T>(string file)
    {
        using var stream = typeof(StandingPanelCompatibilityTests).Assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException(file);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().TrimEnd('\n');
        var read = JsonSerializer.Deserialize<T>(text, _json)!;
        Assert.Equal(text, JsonSerializer.Serialize(read, _json));
        return read;
    }
}
