using System.Globalization;
using System.Text;
using System.Text.Json;
using Colloquy.Knowledge;

namespace Colloquy.Tools;

/// <summary>Lets a model look further into the collections of its agent.</summary>
public sealed class KnowledgeSearchTool(IKnowledge knowledge) : ITool
{
    private const int PassagesMax = 8;

    public ToolDescriptor Descriptor { get; } = new(
        "knowledge_search",
        "Searches the knowledge collections of this expert and returns passages with their document ids.",
        JsonDocument.Parse("""
            {
              "type": "object",
              "properties": {
                "query": { "type": "string", "minLength": 1, "maxLength": 1000, "description": "What to look for." },
                "limit": { "type": "integer", "minimum": 1, "maximum": 8, "description": "How many passages at most." }
              },
              "required": ["query"],
              "additionalProperties": false
            }
            """).RootElement,
        SideEffect.Pure,
        TimeSpan.FromSeconds(10));

    public async Task<string> Invoke(ToolInvocation invocation, CancellationToken cancellation)
    {
        var arguments = invocation.Arguments;
        if (arguments.ValueKind is not JsonValueKind.Object
            || !arguments.TryGetProperty("query", out var query) || query.ValueKind is not JsonValueKind.String
            || query.GetString() is not { Length: >= 1 and <= 1000 } text)
            throw new ToolException("bad_arguments", "The argument 'query' must be a text of 1 to 1000 characters.");
        var limit = PassagesMax;
        if (arguments.TryGetProperty("limit", out var wanted)
            && (wanted.ValueKind is not JsonValueKind.Number || !wanted.TryGetInt32(out limit) || limit is < 1 or > PassagesMax))
            throw new ToolException("bad_arguments", $"The argument 'limit' must be a whole number from 1 to {PassagesMax}.");

        var passages = await knowledge.Search(
            invocation.Tenant, new([.. invocation.Collections], text, limit), cancellation);
        if (passages.Count == 0)
            return "Nothing in these collections fits the query.";
        var answer = new StringBuilder();
        foreach (var passage in passages)
            answer.Append(CultureInfo.InvariantCulture,
                $"{passage.DocumentId} · {passage.Title} · {passage.Heading}\n{passage.Text}\n\n");
        return answer.ToString();
    }
}
