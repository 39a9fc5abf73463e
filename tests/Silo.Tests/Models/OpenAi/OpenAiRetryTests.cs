using Colloquy.FakeModel;
using Colloquy.Models;

namespace Colloquy.Tests.Models.OpenAi;

public sealed class OpenAiRetryTests : OpenAiStage
{
    [Theory]
    [InlineData("429", true)]
    [InlineData("500", false)]
    [InlineData("503", true)]
    [InlineData("408", false)]
    [InlineData("reset", true)]
    [InlineData("cut after=0", true)]
    public async Task A_fault_that_passes_is_not_noticed(string fault, bool streamed)
    {
        var (answer, _) = await Ask(streamed, $"[[fake fault={fault} times=2 text=at last]]");
        Assert.Equal("at last", answer!.Text);
        Assert.Equal([1, 2, 3], Model.Requests.Select(request => request.Attempt));
    }

    [Fact]
    public async Task Waits_grow_from_a_random_part_of_half_a_second()
    {
        await Ask(streamed: true, "[[fake fault=500]]");
        Assert.Equal(3, Clock.Skipped.Count);
        Assert.InRange(Clock.Skipped[0], TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Assert.InRange(Clock.Skipped[1], TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(Clock.Skipped[2], TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(3, Clock.Skipped.Distinct().Count());
    }

    [Theory]
    [InlineData("retry=7", 7000)]
    [InlineData("retry-ms=5500", 5500)]
    public async Task A_wait_that_the_service_asks_for_is_kept_to_the_millisecond(string wait, int milliseconds)
    {
        var (answer, _) = await Ask(streamed: true, $"[[fake fault=429 {wait} times=1 text=thanks]]");
        Assert.Equal("thanks", answer!.Text);
        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], Clock.Skipped);
    }

    [Fact]
    public async Task A_date_to_come_back_is_counted_from_the_clock()
    {
        await using var dated = await FakeModelServer.Start(new FakeModelOptions { Clock = Clock });
        var client = Options with { BaseUrl = new Uri(dated.BaseUrl) };
        var (answer, _) = await Ask(streamed: false, "[[fake fault=429 retry-date=9 times=1 text=thanks]]", client: client);
        Assert.Equal("thanks", answer!.Text);
        Assert.Equal([TimeSpan.FromSeconds(9)], Clock.Skipped);
    }

    [Fact]
    public async Task A_service_that_wants_too_long_a_rest_is_left_alone_and_its_wish_passed_on()
    {
        var (_, failure) = await Ask(streamed: true, "[[fake fault=429 retry=31]]");
        Assert.Equal((ModelErrors.RateLimited, 1), (failure!.Code, failure.Attempts));
        Assert.Equal(TimeSpan.FromSeconds(31), failure.RetryAfter);
        Assert.Empty(Clock.Skipped);
    }

    [Fact]
    public async Task Attempts_end_when_their_time_is_up()
    {
        var (_, failure) = await Ask(streamed: true, "[[fake fault=429 retry=12]]");
        Assert.Equal((ModelErrors.RateLimited, 3), (failure!.Code, failure.Attempts)); // 12 s and 24 s, but not 36 s
    }

    [Fact]
    public async Task One_attempt_means_none_after_it()
    {
        var (_, failure) = await Ask(streamed: false, "[[fake fault=503]]", client: Options with { Attempts = 1 });
        Assert.Equal((ModelErrors.ServerError, 1), (failure!.Code, failure.Attempts));
        Assert.Single(Model.Requests);
    }
}
