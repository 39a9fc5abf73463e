using System.Text.Json;
using Colloquy.Selection;
using Colloquy.Tenants;

namespace Colloquy.Tests.Feedback;

/// <summary>What the selector of a tenant has stored of the labels that it was taught.</summary>
internal static class RankerLabels
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyList<StoredLabel> Of(GrainHost host, string tenant)
    {
        var body = host.Documents.Body(host.Grain<ISelectorGrain>(tenant, "selector").GetGrainId());
        return body is null ? [] : JsonDocument.Parse(body).RootElement.EnumerateObject()
            .First(member => string.Equals(member.Name, nameof(SelectorState.Labels), StringComparison.OrdinalIgnoreCase))
            .Value.Deserialize<List<StoredLabel>>(_json)!;
    }
}
