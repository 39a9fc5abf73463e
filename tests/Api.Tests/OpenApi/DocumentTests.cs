using System.Text.Json.Nodes;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Tests.OpenApi;

[Collection(ApiTests.Name)]
public sealed class DocumentTests(ApiHost host)
{
    [Fact]
    public async Task Every_route_is_described_named_and_has_its_problems()
    {
        var document = await host.Stranger.GetJson("/openapi/v1.json");
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var operations = Operations(document).ToList();
        Assert.Equal(operations.Count, operations.Select(operation => (string)operation.Node["operationId"]!).Distinct().Count());
        Assert.All(operations, operation => Assert.NotNull(
            operation.Node["responses"]!["401"]!["content"]!["application/problem+json"]));
        var mapped = host.Routes.Where(route => route.Path.StartsWith("/v1/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(mapped);
        Assert.All(mapped.Where(route => !route.IsExcluded), route => Assert.Contains(
            operations, operation => operation.Path == route.Path && operation.Method == route.Method));
    }

    [Fact]
    public void Every_mapped_route_has_its_roles() => Assert.All(
        host.Routes.Where(route => route.Path.StartsWith("/v1/", StringComparison.Ordinal)),
        route => Assert.True(RouteRoles.For(route.Method, route.Path) is not null, $"{route.Method} {route.Path}"));

    [Fact]
    public async Task Numbers_are_numbers_and_examples_are_given()
    {
        var document = await host.Stranger.GetJson("/openapi/v1.json");
        var seq = document["components"]!["schemas"]!["SessionView"]!["properties"]!["seq"]!;
        Assert.Equal("integer", (string)seq["type"]!);
        Assert.NotNull(document["paths"]!["/v1/sessions"]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]);
        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["apiKey"]!["scheme"]!);
    }

    [Fact]
    public void Codes_are_unique_and_spelled_alike()
    {
        Assert.Equal(ProblemCodes.All.Count, ProblemCodes.All.Select(code => code.Code).Distinct().Count());
        Assert.All(ProblemCodes.All, code => Assert.Matches("^[a-z][a-z_]*$", code.Code));
    }

    private static IEnumerable<(string Method, string Path, JsonNode Node)> Operations(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(operation => (operation.Key.ToUpperInvariant(), path.Key, operation.Value!)));
}
