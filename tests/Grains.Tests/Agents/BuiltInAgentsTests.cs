using Colloquy.Agents;

namespace Colloquy.Tests.Agents;

public sealed class BuiltInAgentsTests
{
    private const string Complete = """
        ---
        name: Ada
        description: Counts.
        domains: mathematics, logic
        temperature: 0.25
        maxOutputTokens: 512
        exampleQuestions:
        - How many, and why?
        ---
        You are Ada.
        """;

    [Fact]
    public void Every_file_is_an_agent_of_version_1_within_the_contracts_bounds()
    {
        Assert.NotEmpty(BuiltInAgents.All);
        Assert.All(BuiltInAgents.All, agent =>
        {
            Assert.Equal(1, agent.Version);
            Assert.InRange(agent.Persona.Length, 1, 16_384);
            Assert.InRange(agent.Temperature, 0, 2);
            Assert.InRange(agent.MaxOutputTokens, 1, 32_768);
            Assert.Same(agent, BuiltInAgents.Find(agent.Id));
        });
        Assert.Null(BuiltInAgents.Find("nobody"));
    }

    [Fact]
    public void A_file_becomes_a_profile()
    {
        var agent = BuiltInAgents.Read("ada", Complete);
        Assert.Equal(("ada", "Ada", "Counts.", "You are Ada.", 0.25, 512), (
            agent.Id, agent.Name, agent.Description, agent.Persona, agent.Temperature, agent.MaxOutputTokens));
        Assert.Equal<string>(["mathematics", "logic"], agent.Domains);
        Assert.Equal<string>(["How many, and why?"], agent.ExampleQuestions);
        Assert.Empty(agent.Tools);
        Assert.Null(agent.Model);
    }

    [Theory]
    [InlineData("name: Ada", "name")]
    [InlineData("temperature: 0.25", "temperature")]
    [InlineData("maxOutputTokens: 512", "maxOutputTokens")]
    public void A_file_that_lacks_a_field_is_named(string line, string field)
    {
        var failure = Assert.Throws<FormatException>(
            () => BuiltInAgents.Read("ada", Complete.Replace(line, "", StringComparison.Ordinal)));
        Assert.Contains("'ada'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{field}'", failure.Message, StringComparison.Ordinal);
    }
}
