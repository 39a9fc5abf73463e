using Colloquy.FakeModel;
using Colloquy.Models;
using Colloquy.Tests.Models.OpenAi;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Colloquy.Tests.Models;

public sealed class ModelCatalogueTests : OpenAiStage
{
    [Theory]
    [InlineData(null, "fake-model")]
    [InlineData(" ", "fake-model")]
    [InlineData("another", "another")]
    public async Task A_service_is_asked_for_the_model_that_was_named_or_for_its_own(string? name, string asked)
    {
        await using var services = new ServiceCollection().AddColloquyModels(Options).BuildServiceProvider();
        var model = services.GetRequiredService<IModelCatalogue>().Resolve(name);
        Assert.Equal(asked, model.Name);
        await model.Client.GetResponseAsync("Hello");
        await model.Client.GetStreamingResponseAsync("Hello", new ChatOptions { Temperature = 1 }).ToChatResponseAsync();
        Assert.Equal([asked, asked], Model.Requests.Select(request => request.Model));
    }

    [Fact]
    public async Task Without_a_service_every_name_is_answered_by_the_extractive_model_which_says_so()
    {
        await using var services = new ServiceCollection().AddColloquyModels(openAi: null).BuildServiceProvider();
        var catalogue = services.GetRequiredService<IModelCatalogue>();
        Assert.Equal(["extractive"], catalogue.Names);
        Assert.Equal("extractive", catalogue.Resolve("gpt-4o").Name);
        Assert.Equal("extractive", (await catalogue.Resolve(null).Client.GetResponseAsync("What is this?")).ModelId);
    }
}
