using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colloquy.Feedback;

namespace Colloquy.Tests.Feedback;

public sealed class FeedbackProtocolTests
{
    private static readonly DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FeedbackTarget _answer = new(FeedbackTypes.Message, "msg_1a");
    private static readonly FeedbackSubject _plain = new("expert", 0.8);
    private static readonly FeedbackSubject _selected = new("expert", 0.8, new(["expert", "other"], "Why?"));
    private static readonly FeedbackSubject _choice = new(Choice: new(["expert", "other"], "Why?"));

    [Fact]
    public void What_is_said_is_recorded_with_what_is_to_be_learned()
    {
        var (state, answer) = Give(FeedbackState.Empty, 0.5, "op", _plain);
        Assert.Equal(FeedbackStatus.Recorded, answer.Status);
        Assert.Equal(new FeedbackView("ann", _answer, 0.5, null, null, _now), answer.Feedback);
        Assert.Equal(["calibration"], answer.Learned.AsEnumerable());
        Assert.Equal(
            [new FeedbackLesson("calibration", "message:msg_1a|ann", "expert", true, 0.8)], Lessons(state).AsEnumerable());
    }

    [Fact]
    public void A_repeat_changes_nothing_and_is_answered_alike()
    {
        var (state, first) = Given(FeedbackState.Empty, 1, "op", _plain);
        var (same, again) = Give(state, 1, "op", subject: null); // the answer may be gone by then
        Assert.Same(state, same);
        Assert.Equal((first.Feedback, first.Learned.Single()), (again.Feedback, again.Learned.Single()));
    }

    [Fact]
    public void A_late_repeat_of_an_earlier_command_changes_nothing()
    {
        var (state, _) = Given(FeedbackState.Empty, 1, "first", _plain);
        (state, _) = Given(state, -1, "second", _plain);
        var (same, answer) = Give(state, 1, "first", _plain);
        Assert.Same(state, same);
        Assert.Equal(-1, answer.Feedback!.Rating);
    }

    [Fact]
    public void The_same_key_with_another_body_is_refused()
    {
        var (state, _) = Given(FeedbackState.Empty, 1, "op", _plain);
        var (same, answer) = FeedbackProtocol.Give(state, Command(-1, "op") with { Fingerprint = "other" }, _plain, _now);
        Assert.Same(state, same);
        Assert.Equal(FeedbackStatus.KeyReused, answer.Status);
    }

    [Fact]
    public void Nothing_can_be_said_of_what_does_not_exist()
    {
        var (state, answer) = Give(FeedbackState.Empty, 1, "op", subject: null);
        Assert.Same(FeedbackState.Empty, state);
        Assert.Equal(FeedbackStatus.TargetNotFound, answer.Status);
    }

    [Fact]
    public void A_rating_that_is_taken_back_takes_its_lesson_back_and_is_not_seen()
    {
        var (state, _) = Given(FeedbackState.Empty, 1, "op", _plain);
        (state, _) = Give(state, 0, "back", _plain);
        Assert.Equal([new FeedbackLesson("calibration", "message:msg_1a|ann", "expert", null, 0.8)], Lessons(state).AsEnumerable());
        Assert.Empty(FeedbackProtocol.All(state, _answer));
    }

    [Fact]
    public void Nothing_taken_back_teaches_nothing_and_a_comment_alone_is_seen()
    {
        var (state, answer) = FeedbackProtocol.Give(FeedbackState.Empty, Command(0, "op") with { Comment = "Hm." }, _selected, _now);
        Assert.Empty(answer.Learned);
        Assert.Equal("Hm.", FeedbackProtocol.All(state, _answer).Single().Comment);
    }

    [Fact]
    public void The_answer_of_a_selected_agent_teaches_the_ranker_about_that_agent_alone()
    {
        var (state, answer) = Give(FeedbackState.Empty, -1, "op", _selected);
        Assert.Equal(["calibration", "ranker"], answer.Learned.AsEnumerable());
        Assert.Equal(new FeedbackLesson("ranker", "message:msg_1a|ann|1.0", "expert", false, 0, "Why?"), Lessons(state)[1]);
        Assert.Equal(2, Lessons(state).Length);
    }

    [Fact]
    public void A_rated_selection_teaches_about_all_who_were_chosen_and_about_the_better_one()
    {
        var (state, _) = FeedbackProtocol.Give(FeedbackState.Empty, Command(-1, "op") with { Agent = "other" }, _choice, _now);
        Assert.Equal([("expert", false), ("other", true)], Lessons(state).Select(lesson => (lesson.Agent, lesson.Right!.Value)));
        var (praised, _) = Give(FeedbackState.Empty, 1, "op", _choice);
        Assert.Equal([("expert", true), ("other", true)], Lessons(praised).Select(lesson => (lesson.Agent, lesson.Right!.Value)));
        Assert.Equal(2, Lessons(praised).Select(lesson => lesson.Key).Distinct().Count());
    }

    [Fact]
    public void The_ranker_hears_a_new_opinion_once_and_the_same_one_not_again()
    {
        var (state, _) = Given(FeedbackState.Empty, 0.5, "1", _choice);
        (state, _) = Given(state, 1, "2", _choice);
        Assert.Empty(state.Entries.Single().Learned);
        (state, _) = Give(state, -1, "3", _choice);
        Assert.Equal("message:msg_1a|ann|3.0", Lessons(state)[0].Key);
        Assert.False(Lessons(state)[0].Right);
    }

    [Fact]
    public void Citations_and_calls_are_remembered_and_teach_nobody()
    {
        var (state, answer) = Give(FeedbackState.Empty, -1, "op", FeedbackSubject.Remembered);
        Assert.Equal((FeedbackStatus.Recorded, 0, false), (answer.Status, answer.Learned.Length, state.IsOutstanding));
    }

    [Fact]
    public void What_is_outstanding_comes_before_what_is_new()
    {
        var (state, _) = Give(FeedbackState.Empty, 1, "op", _plain);
        Assert.Throws<InvalidOperationException>(() => Give(state, -1, "next", _plain));
        Assert.False(FeedbackProtocol.Settle(state).IsOutstanding);
        Assert.Same(FeedbackState.Empty, FeedbackProtocol.Settle(FeedbackState.Empty));
    }

    [Fact]
    public void So_many_may_speak_and_who_says_nothing_any_more_gives_way()
    {
        var state = Enumerable.Range(0, FeedbackLimits.Authors).Aggregate(FeedbackState.Empty,
            (said, n) => FeedbackProtocol.Give(said, Command(1, "op") with { Author = $"a{n}" }, FeedbackSubject.Remembered, _now).Next);
        Assert.Equal(FeedbackStatus.TooMany, Give(state, 1, "op", _plain).Answer.Status);
        (state, _) = FeedbackProtocol.Give(state, Command(0, "back") with { Author = "a7" }, FeedbackSubject.Remembered, _now);
        (state, var answer) = Give(state, 1, "op", _plain);
        Assert.Equal((FeedbackStatus.Recorded, FeedbackLimits.Authors), (answer.Status, state.Entries.Length));
        Assert.Null(state.Find("a7"));
    }

    [Fact]
    public void So_many_commands_of_an_author_are_remembered()
    {
        var state = Enumerable.Range(0, FeedbackProtocol.OperationsMax + 3)
            .Aggregate(FeedbackState.Empty, (said, n) => Given(said, n % 2 == 0 ? 1 : -1, $"op{n}", _plain).State);
        Assert.Equal(FeedbackProtocol.OperationsMax, state.Entries.Single().Operations.Length);
        Assert.NotNull(FeedbackProtocol.Repeated(state, Command(-1, "op3")));
        Assert.Null(FeedbackProtocol.Repeated(state, Command(1, "op2")));
    }

    [Fact]
    public void A_state_that_is_stored_and_read_again_is_the_same()
    {
        var (state, _) = Given(FeedbackState.Empty, 1, "1", _selected);
        (state, _) = Give(state, -1, "2", _selected);
        var text = JsonSerializer.Serialize(state);
        var read = JsonSerializer.Deserialize<FeedbackState>(text)!;
        Assert.Equal(text, JsonSerializer.Serialize(read));
        Assert.Equal(Lessons(state).AsEnumerable(), Lessons(read).AsEnumerable());
    }

    [Fact]
    public void A_document_of_the_first_version_reads_and_spells_as_it_did()
    {
        const string Stored =
            """{"entries":[{"author":"ann","rating":-1,"comment":"No.","agent":"other","at":"2030-01-01T00:00:00+00:00","""
            + """ "revision":2,"operations":[{"operation":"op","fingerprint":"f"}],"learned":["ranker"],"outstanding":["""
            + """{"learner":"ranker","key":"k","agent":"expert","right":false,"value":0,"question":"Why?"}]}],"revision":2}""";
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        Assert.Equal(Stored.Replace(" ", "", StringComparison.Ordinal),
            JsonSerializer.Serialize(JsonSerializer.Deserialize<FeedbackState>(Stored, options), options));
    }

    [Theory]
    [InlineData("message:msg_1a", "message", "msg_1a", null)]
    [InlineData("citation:msg_1a:2", "citation", "msg_1a", "2")]
    public void A_target_is_read_from_its_key(string key, string type, string id, string? part)
    {
        Assert.Equal(new FeedbackTarget(type, id, part), FeedbackTarget.Of(key));
        Assert.Equal(key, FeedbackTarget.Of(key).Key);
        Assert.Throws<FormatException>(() => FeedbackTarget.Of(id));
    }

    private static ImmutableArray<FeedbackLesson> Lessons(FeedbackState state) => state.Find("ann")!.Outstanding;

    private static GiveFeedback Command(double rating, string operation) =>
        new("ann", _answer, rating, null, null, operation, $"{rating}");

    private static (FeedbackState State, FeedbackResult Answer) Give(
        FeedbackState state, double rating, string operation, FeedbackSubject? subject) =>
        FeedbackProtocol.Give(state, Command(rating, operation), subject, _now);

    private static (FeedbackState State, FeedbackResult Answer) Given(
        FeedbackState state, double rating, string operation, FeedbackSubject subject)
    {
        var (next, answer) = Give(state, rating, operation, subject);
        return (FeedbackProtocol.Settle(next), answer);
    }
}
