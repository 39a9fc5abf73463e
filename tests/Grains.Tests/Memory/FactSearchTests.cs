using System.Collections.Immutable;
using Colloquy.Embeddings;
using Colloquy.Memory;
using Microsoft.Extensions.AI;
using static Colloquy.Tests.Memory.Facts;

namespace Colloquy.Tests.Memory;

/// <summary>The search with the embedder that every deployment has.</summary>
public sealed class FactSearchTests
{
    private static readonly HashedEmbedder Embedder = new();

    private readonly KeptFact[] _facts = Remembered(
        ("allergic to", "penicillin", "The user is allergic to penicillin."),
        ("takes", "metformin 500 mg", "The user takes metformin 500 mg."),
        ("has condition", "type 2 diabetes", "The user has the condition: type 2 diabetes."),
        ("lives in", "Graz", "The user lives in Graz."),
        ("works at", "Acme Medical", "The user works at Acme Medical."),
        ("is", "class IIa infusion pump", "The user's device is class IIa infusion pump."),
        ("preferred language", "German", "The user wants answers in German."));

    [Theory]
    [InlineData("Is amoxicillin a penicillin?", "penicillin")]
    [InlineData("I have penicilin allergies", "penicillin")]
    [InlineData("What does metformin do to the kidneys?", "metformin 500 mg")]
    [InlineData("Which diet for diabetics with type 2?", "type 2 diabetes")]
    [InlineData("What must the label of an infusion pump say?", "class IIa infusion pump")]
    [InlineData("Where do I find a doctor in Graz?", "Graz")]
    public void What_bears_on_the_question_comes_first(string question, string best) =>
        Assert.Equal(best, Find(question)[0].Fact.Object);

    [Theory]
    [InlineData("How tall is the Eiffel tower?")]
    [InlineData("Write a poem about the sea.")]
    [InlineData("Who won the football game yesterday?")]
    [InlineData("Explain quantum entanglement.")]
    [InlineData("What does the user say?")]
    [InlineData("???")]
    [InlineData("")]
    public void What_has_nothing_to_do_with_it_is_left_out(string question) => Assert.Empty(Find(question));

    [Fact]
    public void Vectors_of_another_embedder_are_never_compared()
    {
        var facts = _facts.Select(kept => kept with { Vector = kept.Vector! with { Embedder = "other" } });

        var near = Vector("severe allergy to penicillin");
        Assert.Equal("penicillin", Assert.Single(FactSearch.Find(_facts, "other words", near, 10)).Fact.Object);
        Assert.Empty(FactSearch.Find(facts, "other words", near, 10));
        Assert.Single(FactSearch.Find(facts, "penicillin", near, 10)); // by its word
    }

    [Fact]
    public void A_vector_of_nothing_and_of_another_length_is_near_to_nothing()
    {
        Assert.Empty(FactSearch.Find(_facts, "the", new("hashed/1", new float[Vector("x").Values.Length]), 10));
        Assert.Empty(FactSearch.Find(_facts, "the", new("hashed/1", new float[] { 1 }), 10));
    }

    private static KeptFact[] Remembered(params (string Predicate, string Object, string Text)[] facts)
    {
        var memory = Telling.Nothing.Told("op", [.. facts.Select(fact => Draft(fact.Predicate, fact.Object, fact.Text))]);
        return [.. memory.State.Facts.Values.Select(kept => kept with { Vector = Vector(FactMeanings.TextOf(kept.Fact)) })];
    }

    private static FactVector Vector(string text) =>
        new(HashedEmbedder.Name, Embedder.GenerateAsync([text]).GetAwaiter().GetResult()[0].Vector);

    private ImmutableArray<FactHit> Find(string question) => FactSearch.Find(_facts, question, Vector(question), 10);
}
