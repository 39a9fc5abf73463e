using System.Collections.Immutable;
using Colloquy.Memory;
using static Colloquy.Tests.Memory.Facts;

namespace Colloquy.Tests.Memory;

public sealed class MemoryProtocolTests
{
    [Fact]
    public void A_repeat_of_an_operation_answers_the_same_facts_and_changes_nothing()
    {
        var first = Telling.Nothing.Told("op", Draft("takes", "aspirin"), Draft("lives in", "Graz"));
        var again = first.Told("op", Draft("takes", "aspirin"), Draft("lives in", "Graz"));

        Assert.True(again.Step!.ChangesNothing);
        Assert.Equal(first.Result.Facts.AsEnumerable(), again.Result.Facts);
        Assert.Same(first.State, again.State);
    }

    [Fact]
    public void An_operation_with_other_facts_is_refused()
    {
        var memory = Telling.Nothing.Told("op", Draft("takes", "aspirin")).Told("op", Draft("takes", "ramipril"));

        Assert.Equal(MemoryStatus.KeyReused, memory.Result.Status);
        Assert.Equal(["takes aspirin"], memory.InForce);
    }

    [Fact]
    public void A_repeat_of_a_telling_that_changed_only_the_confidence_is_known_too()
    {
        var twice = Telling.Nothing.Told("one", Draft("lives in", "Graz")).Told("two", Draft("lives in", "Graz"))
            .Told("three", Draft("lives in", "Wien"));
        var late = twice.Told("two", Draft("lives in", "Graz"));

        Assert.True(late.Step!.ChangesNothing);
        Assert.Equal(["lives in Wien"], late.InForce);
    }

    [Fact]
    public void A_fact_told_again_is_one_fact_held_with_more_confidence()
    {
        var memory = Telling.Nothing.Told("one", Draft("takes", "Aspirin", confidence: 0.6))
            .Told("two", Draft("Takes", " aspirin. ", confidence: 0.8));

        Assert.Equal(1 - (0.2 * 0.7), Assert.Single(memory.Result.Facts).Confidence, 9);
        Assert.Equal(("proposed", 1), (memory.Result.Facts[0].Status, memory.State.Facts.Count));
        Assert.Equal("confirmed", memory.Told("three", Draft("takes", "aspirin", status: "confirmed")).Fact("Aspirin").Status);
    }

    [Fact]
    public void A_relation_with_one_value_gives_way_to_the_next_and_both_are_kept()
    {
        var memory = Telling.Nothing.Told("lives in", "Graz").Told("lives in", "Wien");

        Assert.Equal(["lives in Wien"], memory.InForce);
        var (old, @new) = (memory.Fact("Graz"), memory.Fact("Wien"));
        Assert.Equal(("superseded", @new.Id, @new.RecordedAt), (old.Status, old.SupersededBy, old.ValidUntil!.Value));
        Assert.Equal((old.Id, "proposed"), (@new.Supersedes, @new.Status));
    }

    [Fact]
    public void A_relation_with_many_values_keeps_them_all_and_so_do_other_subjects()
    {
        var memory = Telling.Nothing.Told("takes", "aspirin").Told("takes", "ramipril").Told("lives in", "Graz")
            .Told("op", Draft("lives in", "Rom", subject: "Ada"));

        Assert.Equal(4, memory.InForce.Count());
    }

    [Fact]
    public void What_is_taken_no_longer_is_not_in_force_and_may_return()
    {
        var ended = Telling.Nothing.Told("takes", "metformin 500 mg").Told("takes", "metformin XR")
            .Told("takes", "ramipril").Told("no longer takes", "Metformin");
        Assert.Equal(["no longer takes Metformin", "takes ramipril"], ended.InForce);

        Assert.Equal(["takes metformin", "takes ramipril"], ended.Told("takes", "metformin").InForce);
    }

    [Fact]
    public void A_correction_takes_the_place_of_the_fact_that_it_names()
    {
        var memory = Telling.Nothing.Told("takes", "aspirin");
        var corrected = memory.Told("op", Draft("takes", "ibuprofen", supersedes: memory.Fact("aspirin").Id));
        Assert.Equal(["takes ibuprofen"], corrected.InForce);

        var late = corrected.Told("late", Draft("takes", "codein", supersedes: memory.Fact("aspirin").Id));
        Assert.Equal(MemoryStatus.Superseded, late.Result.Status);
        Assert.Equal(MemoryStatus.NotFound, corrected.Told("op2", Draft("takes", "x", supersedes: "fact_none")).Result.Status);
        Assert.Equal(["takes ibuprofen"], late.InForce);
    }

    [Fact]
    public void All_facts_of_a_command_are_recorded_or_none()
    {
        var memory = Telling.Nothing.Told("op", Draft("takes", "aspirin"), Draft("takes", "x", supersedes: "fact_none"));

        Assert.Empty(memory.State.Facts);
    }

    [Fact]
    public void Confirming_is_done_once_and_not_to_what_is_superseded()
    {
        var memory = Telling.Nothing.Told("lives in", "Graz");
        var confirmed = memory.Input(new MemoryInput.Confirm(memory.Fact("Graz").Id));
        Assert.Equal("confirmed", Assert.Single(confirmed.Result.Facts).Status);
        Assert.True(confirmed.Input(new MemoryInput.Confirm(memory.Fact("Graz").Id)).Step!.ChangesNothing);

        var moved = confirmed.Told("lives in", "Wien").Input(new MemoryInput.Confirm(memory.Fact("Graz").Id));
        Assert.Equal(MemoryStatus.Superseded, moved.Result.Status);
        Assert.Equal(MemoryStatus.NotFound, moved.Input(new MemoryInput.Confirm("fact_none")).Result.Status);
    }

    [Fact]
    public void Erasing_takes_a_fact_with_everything_that_it_superseded()
    {
        var memory = Telling.Nothing.Told("lives in", "Graz").Told("lives in", "Wien").Told("lives in", "Rom")
            .Told("takes", "aspirin");
        var erased = memory.Input(new MemoryInput.Erase(memory.Fact("Wien").Id));
        Assert.Equal(["Rom", "aspirin"], erased.State.Facts.Values.Select(kept => kept.Fact.Object).Order());
        Assert.Null(erased.Fact("Rom").Supersedes);

        var rest = memory.Input(new MemoryInput.Erase(memory.Fact("Rom").Id));
        Assert.Equal(["takes aspirin"], rest.InForce);
        Assert.Equal(["aspirin"], rest.State.Facts.Values.Select(kept => kept.Fact.Object));
        Assert.Equal(MemoryStatus.NotFound, rest.Input(new MemoryInput.Erase(memory.Fact("Rom").Id)).Result.Status);
    }

    [Fact]
    public void A_full_memory_forgets_what_was_superseded_longest_ago_and_then_refuses()
    {
        var memory = Telling.Nothing.Told("lives in", "Graz").Told("lives in", "Wien").Told("lives in", "Rom");
        for (var n = 0; memory.State.Facts.Count < MemoryLimits.Facts; n++)
            memory = memory.Told($"op {n}", [.. Enumerable.Range(0, Math.Min(100, MemoryLimits.Facts - memory.State.Facts.Count))
                .Select(index => Draft("takes", $"drug {n} {index}"))]);

        var one = memory.Told("takes", "one more");
        Assert.DoesNotContain("Graz", one.State.Facts.Values.Select(kept => kept.Fact.Object));
        Assert.Null(one.Fact("Wien").Supersedes);
        var two = one.Told("takes", "two more");
        Assert.Equal(MemoryLimits.Facts, two.State.Facts.Count);
        Assert.Equal(MemoryStatus.Full, two.Told("takes", "three more").Result.Status);
        Assert.Equal(MemoryLimits.Facts, two.Told("takes", "three more").State.Facts.Count);
    }

    [Fact]
    public void What_was_forgotten_in_the_middle_of_a_chain_hides_nothing_from_an_erasure()
    {
        // Within one command all have the same instant, so the middle may leave before the first.
        var memory = Telling.Nothing.Told("op", Draft("lives in", "Graz"), Draft("lives in", "Wien"), Draft("lives in", "Rom"));
        for (var n = 0; memory.State.Facts.Count < MemoryLimits.Facts; n++)
            memory = memory.Told($"op {n}", [.. Enumerable.Range(0, Math.Min(100, MemoryLimits.Facts - memory.State.Facts.Count))
                .Select(index => Draft("takes", $"drug {n} {index}"))]);
        memory = memory.Told("takes", "one more");

        var erased = memory.Input(new MemoryInput.Erase(memory.Fact("Rom").Id));

        Assert.DoesNotContain(erased.State.Facts.Values, kept => kept.Fact.Predicate == "lives in");
    }

    [Fact]
    public void Vectors_are_kept_for_facts_that_are_still_there()
    {
        var memory = Telling.Nothing.Told("takes", "aspirin");
        var vector = new FactVector("e", new float[] { 1 });
        var id = memory.Fact("aspirin").Id;
        ImmutableArray<(string, FactVector)> vectors = [(id, vector), ("fact_gone", vector)];
        var kept = memory.Input(new MemoryInput.Keep(vectors));

        Assert.Equal(id, Assert.Single(kept.Step!.Puts).Fact.Id);
        Assert.True(kept.Input(new MemoryInput.Keep(vectors)).Step!.ChangesNothing);
        Assert.Equal("f", kept.Input(new MemoryInput.Keep([(id,
            vector with { Embedder = "f" })])).State.Facts[id].Vector!.Embedder);
    }

    [Fact]
    public void Texts_are_cut_and_instants_rounded_to_what_is_stored()
    {
        var memory = Telling.Nothing.Told("op", Draft("takes", new string('x', 400), new string('y', 900)) with
        {
            ValidFrom = Noon.AddTicks(7), Confidence = 3,
        });

        var fact = memory.Result.Facts[0];
        Assert.Equal((120, 500, Noon, 1.0), (fact.Object.Length, fact.Text.Length, fact.ValidFrom!.Value, fact.Confidence));
        Assert.Equal(MemoryStatus.Done,
            memory.Told("op", Draft("takes", new string('x', 400), new string('y', 900))).Result.Status);
    }
}
