using System.Globalization;
using System.Text.Json.Nodes;

namespace Colloquy.Clusters.Panels;

/// <summary>What the product says of a panel that has ended, held against itself.</summary>
internal sealed class PanelBooks(EndedPanel panel, JsonNode view, IReadOnlyList<JsonNode> events)
{
    private static readonly string[] Spoken = ["panel.position", "panel.vote", "panel.remark"];

    /// <summary>What seats said, each with the moment at which it was committed.</summary>
    public IEnumerable<(string Text, DateTimeOffset At)> Said =>
        Of(Spoken).Select(spoke => ((string)spoke["said"]!["text"]!, (DateTimeOffset)spoke["at"]!));

    public IEnumerable<JsonNode> Absences => Of("panel.absent");

    public string Status => (string)view["status"]!;

    public static async Task<PanelBooks> Read(Caller caller, EndedPanel panel)
    {
        var (view, events) = (await caller.Get($"/v1/panels/{panel.Id}"), new List<JsonNode>());
        for (var after = ""; after is not null;)
        {
            var page = await caller.Get($"/v1/panels/{panel.Id}/events?format=json&limit=100{after}");
            events.AddRange(page["items"]!.AsArray().Select(item => item!));
            after = (string?)page["nextCursor"] is { } cursor ? $"&after={cursor}" : null;
        }
        return new(panel, view, events);
    }

    public void Check()
    {
        Assert.Equal(Enumerable.Range(1, events.Count).Select(seq => (long)seq), events.Select(line => (long)line["seq"]!));
        Assert.Empty(panel.Watched.Faults);
        Assert.Equal(events.Select(line => (long)line["seq"]!), panel.Watched.Seqs);
        var concluded = Assert.Single(Of("panel.concluded"));
        Assert.Same(events[^1], Assert.Single(events, line => IsEnd(Type(line))));
        Assert.Equal($"run.{Status}", Type(events[^1]));
        Assert.Equal(events.Count, (int)view["seq"]!);
        Assert.Equal(Plain(concluded["outcome"]), Plain(view["outcome"]));
        Assert.Equal(panel.Plan.IsSteered ? 1 : 0, Of("panel.steered").Count());
        CheckRounds();
        CheckOutcome(concluded["outcome"]!);
    }

    private void CheckRounds()
    {
        var opened = Of("panel.round.opened").ToList();
        Assert.Equal(Enumerable.Range(1, opened.Count), opened.Select(Round));
        Assert.Equal(Enumerable.Range(1, opened.Count), Of("panel.round.closed").Select(Round));
        foreach (var round in opened)
        {
            var closed = Assert.Single(Of("panel.round.closed"), one => Round(one) == Round(round));
            var settled = Of([.. Spoken, "panel.absent"]).Where(one => Round(one) == Round(round)).ToList();
            // Everybody who was invited spoke once or is named as absent, between the opening and the close.
            Assert.Equal(round["deadlines"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal),
                settled.Select(Seat).Order(StringComparer.Ordinal));
            Assert.All(settled, one => Assert.InRange((long)one["seq"]!, (long)round["seq"]!, (long)closed["seq"]!));
            Assert.Equal(settled.Count(one => Type(one) != "panel.absent"), (int)closed["answered"]!);
        }
    }

    private void CheckOutcome(JsonNode outcome)
    {
        Assert.Equal(
            Absences.Select(one => (Seat(one), Round(one), (string)one["reason"]!)),
            outcome["absent"]!.AsArray().Select(one => (Seat(one!), Round(one!), (string)one!["reason"]!)));
        var held = Held();
        var positions = outcome["positions"]!.AsArray();
        Assert.Equal(held.Keys.Order(StringComparer.Ordinal), positions.Select(one => Seat(one!)).Order(StringComparer.Ordinal));
        Assert.All(positions, one =>
        {
            var (line, said) = (held[Seat(one!)], held[Seat(one!)]["said"]!);
            // A review's stance is what it decides.
            Assert.Equal((Round(line), (string)said["text"]!, (string?)(Type(line) is "panel.vote" ? said["choice"] : said["stance"])),
                (Round(one!), (string)one!["answer"]!, (string?)one["stance"]));
        });
        CheckMinority(outcome, held);
        Assert.Equal(Of([.. Spoken, "panel.absent"]).Sum(Tokens), (long)outcome["cost"]!["total"]!["totalTokens"]!);
        if (Status is "completed")
            Assert.False(string.IsNullOrWhiteSpace((string?)outcome["answer"]));
    }

    /// <summary>By seat, the last that was said of each position; of a review the last reviews are positions, too.</summary>
    private Dictionary<string, JsonNode> Held()
    {
        var held = Of("panel.position").ToList();
        if (panel.Plan.Protocol is "review" && Of("panel.vote").ToList() is [.., var last])
            held.AddRange(Of("panel.vote").Where(vote => Round(vote) == Round(last)));
        return held.GroupBy(Seat).ToDictionary(said => said.Key, said => said.Last(), StringComparer.Ordinal);
    }

    /// <summary>Every position that did not prevail is in the minority report, in words that its holders said.</summary>
    private void CheckMinority(JsonNode outcome, Dictionary<string, JsonNode> held)
    {
        var minority = outcome["minorityReport"]!.AsArray();
        var seats = minority.SelectMany(one => one!["seats"]!.AsArray().Select(seat => (string)seat!)).ToList();
        Assert.Equal(seats.Distinct(), seats);
        Assert.Subset(Of(Spoken).Select(Seat).ToHashSet(), seats.ToHashSet());
        Assert.All(minority, one => Assert.Contains(Of(Spoken), said =>
            one!["seats"]!.AsArray().Any(seat => (string)seat! == Seat(said)) && AreWordsOf(said["said"]!, (string)one["answer"]!)));
        if (Status is not "completed" || panel.Plan.Protocol is not ("parallel" or "roundtable" or "consensus"))
            return;
        // Where no vote is taken the largest group prevails, and all others are minority.
        var groups = outcome["rule"]!["agreement"]!["clusters"]!.AsArray()
            .Select(group => group!["seats"]!.AsArray().Select(seat => (string)seat!).ToArray()).ToList();
        Assert.Equal(held.Keys.Order(StringComparer.Ordinal), groups.SelectMany(group => group).Order(StringComparer.Ordinal));
        Assert.Equal(groups.Skip(1).SelectMany(group => group).Order(StringComparer.Ordinal), seats.Order(StringComparer.Ordinal));
    }

    /// <summary>What was said, or of a questioner what was asked in it.</summary>
    private static bool AreWordsOf(JsonNode said, string words) => words == (string)said["text"]!
        || words.Split('\n').All(line => said["points"]!.AsArray().Any(point => (string)point! == line));

    /// <summary>The same for the same values: a view says null where a journal says nothing, and orders members otherwise.</summary>
    private static string Plain(JsonNode? json) => json switch
    {
        null => "",
        JsonObject members => $"{{{string.Join(',', members.Where(one => one.Value is not null)
            .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}:{Plain(one.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Plain))}]",
        JsonValue value when value.TryGetValue<DateTimeOffset>(out var at) => at.ToString("O", CultureInfo.InvariantCulture),
        JsonValue value when value.TryGetValue<double>(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => json.ToJsonString(),
    };

    private IEnumerable<JsonNode> Of(params string[] types) => events.Where(line => types.Contains(Type(line)));

    private static string Type(JsonNode line) => (string)line["type"]!;

    private static string Seat(JsonNode line) => (string)line["seat"]!;

    private static int Round(JsonNode line) => (int)line["round"]!;

    private static long Tokens(JsonNode line) => (long)line["usage"]!["inputTokens"]! + (long)line["usage"]!["outputTokens"]!;

    private static bool IsEnd(string type) =>
        type is "run.completed" or "run.failed" or "run.cancelled" or "run.expired" or "run.budget_exhausted";
}
