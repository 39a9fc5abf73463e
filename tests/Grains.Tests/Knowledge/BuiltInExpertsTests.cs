using System.Globalization;
using Colloquy.Knowledge;
using Colloquy.Models;

namespace Colloquy.Tests.Knowledge;

public sealed class BuiltInExpertsTests
{
    private static readonly string[] _keys =
    [
        "collections", "description", "domains", "exampleQuestions", "exclusions", "maxOutputTokens", "name",
        "skills", "temperature", "tools",
    ];

    // DESIGN.md, 8.
    private static readonly string[] _tools =
    [
        "knowledge_search", "web_search", "web_read", "pubmed", "clinical_trials", "openfda", "who_iris", "parallel_extract",
        "parallel_findall", "parallel_task", "calculator", "ask_expert", "convene_panel",
    ];

    public static TheoryData<string> Ids => [.. BuiltInExperts.All.Select(one => one.Id)];

    public static TheoryData<string, string> Questions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (expert, _, question) in BuiltInExperts.Questions)
                data.Add(expert, question);
            return data;
        }
    }

    [Fact]
    public void Eight_experts_ship() => Assert.Equal(
        ["clinical-researcher", "deep-researcher", "entity-finder", "fact-checker", "medical-specialist", "page-reader",
            "regulatory-expert", "web-analyst"],
        BuiltInExperts.All.Select(one => one.Id));

    [Theory, MemberData(nameof(Ids))]
    public void An_expert_is_completely_described(string id)
    {
        var file = File(id);
        Assert.Equal(_keys, file.Fields.Keys.Except(["jurisdictions"]));
        Assert.Matches("^[A-Z][A-Za-z]+$", file.Value("name"));
        Assert.EndsWith(".", file.Value("description"), StringComparison.Ordinal);
        Assert.InRange(double.Parse(file.Value("temperature")!, CultureInfo.InvariantCulture), 0, 2);
        Assert.InRange(int.Parse(file.Value("maxOutputTokens")!, CultureInfo.InvariantCulture), 256, 32_768);
        Assert.NotEmpty(file.Names("domains"));
        Assert.InRange(file.Items("exampleQuestions").Length, 3, 6);
        Assert.InRange(file.Items("exclusions").Length, 2, 6);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Its_collections_and_tools_exist(string id)
    {
        Assert.NotEmpty(File(id).Names("collections"));
        Assert.Empty(File(id).Names("collections").Except(NoteLibrary.Shipped.Collections));
        Assert.Empty(File(id).Names("tools").Except(_tools));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Its_persona_is_of_use_and_safe(string id)
    {
        var persona = File(id).Body;
        Assert.InRange(persona.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 150, 400);
        Assert.InRange(TokenEstimate.Of(persona), 1, 1_000);
        Assert.StartsWith($"You are {File(id).Value("name")}", persona, StringComparison.Ordinal);
        Assert.Contains("[n]", persona, StringComparison.Ordinal);
        Assert.Contains("never", persona, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("say so", persona, StringComparison.Ordinal);
    }

    [Fact]
    public void The_medical_specialist_sends_emergencies_to_the_emergency_services()
    {
        var persona = File("medical-specialist").Body;
        Assert.Contains("emergency number", persona, StringComparison.Ordinal);
        Assert.Contains("not a diagnosis", persona, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Questions))]
    public async Task An_example_question_finds_a_passage_that_covers_it_at_the_top(string id, string question)
    {
        var collections = File(id).Names("collections");
        var found = await new ShippedKnowledge().Search("acme", new(collections, question, 5), default);
        var top = found[0];
        var words = Words.Of($"{top.Title} {top.Heading} {top.Text}");
        Assert.Contains(top.DocumentId.Split('_')[1], collections);
        Assert.InRange(Words.Of(question).Count(words.Contains) / (double)Words.Of(question).Count, 0.5, 1);
    }

    private static FrontMatter File(string id) => BuiltInExperts.All.Single(one => one.Id == id).File;
}
