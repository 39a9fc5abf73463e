namespace Colloquy.Simulated;

/// <summary>Seeds that failed once, named for what they found. A change of the scenario makes another world of a seed, so the bug
/// that it found also has a plain test where that is possible.</summary>
public sealed class RegressionTests
{
    [Fact]
    public void Seed_57_a_result_that_is_delivered_twice_is_journaled_once() => ConversationWorld.Play(57);

    [Fact]
    public void Seed_830_a_large_message_is_not_content_with_what_a_small_one_had_reserved() => ConversationWorld.Play(830);

    [Fact]
    public void Seed_1327_the_same_in_another_world() => ConversationWorld.Play(1327);

    [Fact]
    public void Seed_1551_a_session_is_read_while_its_silo_is_not_yet_known_to_be_dead() => ConversationWorld.Play(1551);

    [Fact]
    public void Seed_1793_the_same_in_a_third_world() => ConversationWorld.Play(1793);

    [Fact]
    public void Seed_2_an_attempt_that_reads_other_facts_tells_what_an_earlier_one_recorded() => ConversationWorld.Play(2);

    [Fact]
    public void Seed_327_the_same_when_the_earlier_one_records_in_between() => ConversationWorld.Play(327);

    [Theory]
    [InlineData(562)]
    [InlineData(620)]
    [InlineData(650)]
    [InlineData(1281)]
    [InlineData(1336)]
    public void Seeds_in_which_an_attempt_that_had_been_replaced_recorded_facts(int seed) => ConversationWorld.Play(seed);

    [Fact]
    public void Seed_21_of_panels_a_panel_that_is_opened_again_has_the_orders_of_its_seed() => PanelWorld.Play(21);

    [Fact]
    public void Seed_1_of_panels_a_deadline_of_microseconds_is_kept_in_milliseconds() => PanelWorld.Play(1);

    [Fact]
    public void Seed_68_of_panels_a_panel_that_was_deleted_is_not_listed_by_whoever_does_not_know_it() => PanelWorld.Play(68);

    [Fact]
    public void Seed_83_of_panels_a_seat_stops_writing_what_another_attempt_has_answered() => PanelWorld.Play(83);

    [Theory]
    [InlineData(437)]
    [InlineData(702)]
    [InlineData(1443)]
    public void Seeds_of_panels_in_which_a_question_came_after_the_end(int seed) => PanelWorld.Play(seed);

    [Theory]
    [InlineData(3340)]
    [InlineData(3602)]
    public void Seeds_of_panels_in_which_one_who_knew_nothing_of_the_panel_was_to_wake_or_delete_it(int seed) => PanelWorld.Play(seed);

    [Fact]
    public void Seed_5_of_panels_whoever_awaits_the_end_stays_on_the_scheduler() => PanelWorld.Play(5);
}
