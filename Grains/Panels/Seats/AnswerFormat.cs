using System.Text;

namespace Colloquy.Panels.Seats;

/// <summary>Which figures a phase asks a model for, behind its words, and which of them it cannot do without.</summary>
internal static class AnswerFormat
{
    /// <summary>How the end of an answer is described to a model.</summary>
    public static string Of(SeatBrief brief) =>
        "First write for people, in plain prose. Then, and only once, end with one fenced block marked json that holds exactly these "
        + $"members and nothing else:\n```json\n{Members(brief)}\n```\nWrite nothing behind it, and do not speak of it.";

    /// <summary>How the figures alone are asked for.</summary>
    public static string Alone(SeatBrief brief) =>
        $"Your answer lacks what the panel needs to count it. Answer with JSON alone, no other word:\n{Members(brief)}";

    /// <summary>Whether the round cannot use an answer with these figures.</summary>
    public static bool Lacks(SeatBrief brief, AnswerFigures figures) => brief.Phase switch
    {
        PanelPhases.Ballot => figures.Choice is null && figures.Ranking.IsEmpty,
        PanelPhases.Judge or PanelPhases.Review => figures.Choice is null,
        PanelPhases.Estimate => Rules.Numbers.IsAskedFor(brief.Question) && figures.Estimate is null,
        _ => false,
    };

    private static string Members(SeatBrief brief)
    {
        var json = new StringBuilder("{");
        void Add(string name, string value) => json.Append(json.Length > 1 ? ", " : "").Append($"\"{name}\": {value}");
        if (PanelPhases.IsPosition(brief.Phase) || brief.Phase == PanelPhases.Synthesize)
            Add("stance", "\"your position in at most eight words; begin with Yes or No where the question can be answered so\"");
        if (brief.Phase == PanelPhases.Estimate || (PanelPhases.IsPosition(brief.Phase) && Rules.Numbers.IsAskedFor(brief.Question)))
            Add("estimate", "the number that the question asks for, or null if it asks for none");
        if (PanelPhases.IsVote(brief.Phase))
            Add("choice", $"\"one of: {string.Join(", ", brief.Options.Select(option => option.Label))}\"");
        if (brief.Phase == PanelPhases.Ballot)
            Add("ranking", "[\"labels of all options, best first\"]");
        if (brief.Phase == PanelPhases.Review)
            Add("scores", $"{{{string.Join(", ", brief.Criteria.Select(one => $"{Quoted(one)}: 1 to 5"))}}}");
        if (brief.Phase is PanelPhases.Critique or PanelPhases.Challenge or PanelPhases.Question or PanelPhases.Review
            or PanelPhases.Answer or PanelPhases.Judge)
            Add("points", "[\"objections, questions, demands, assumptions or reasons, one string each; [] for none\"]");
        if (brief.Phase is PanelPhases.Critique or PanelPhases.Challenge or PanelPhases.Question)
            Add("content", "true if nothing is left to object to or to ask, else false");
        if (brief.Phase is not (PanelPhases.Critique or PanelPhases.Question))
            Add("confidence", "0 to 1");
        Add("notes", "\"what you keep for yourself: what you are unsure of\"");
        return json.Append('}').ToString();
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
