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
}
