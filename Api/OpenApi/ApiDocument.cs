using System.Text.Json;
using System.Text.Json.Nodes;
using Colloquy.Feedback;
using Colloquy.Hosting;
using Colloquy.Problems;
using Colloquy.Sessions;
using Colloquy.Streams;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Colloquy.OpenApi;

/// <summary>The API's description of itself: made from the routes, so that it cannot differ from them.</summary>
internal static class ApiDocument
{
    private const string Scheme = "apiKey";
    private static readonly ProblemCode[] Always =
        [ProblemCodes.InvalidRequest, ProblemCodes.Unauthenticated, ProblemCodes.Forbidden, ProblemCodes.Internal,
            ProblemCodes.Unavailable];

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ModeName))
                DescribeMode(schema);
            if (context.JsonTypeInfo.Type == typeof(RatingValue))
                DescribeRating(schema);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Complete);
    });

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Colloquy",
            Version = "v1",
            Description = "Conversations with experts: sessions, messages, runs and their event streams. "
                + "Every error is application/problem+json with a stable code. "
                + "Lists are paged by cursor, 1 to 100 items (default 20). "
                + "Bodies are at most 512 KB, a message 256 KB; imports 16 MB. Every POST takes an Idempotency-Key.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "clq_<tenant>_<key id>_<secret>",
            Description = "An API key. The tenant is the key's.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        document.Servers?.Clear(); // the address that happened to be asked is no part of the contract
    }

    private static void DescribeMode(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String | JsonSchemaType.Integer;
        schema.Description = $"{string.Join(", ", ModeName.Names)}; or 1 to 4.";
        schema.Properties?.Clear();
        schema.Required?.Clear();
    }

    private static void DescribeRating(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String | JsonSchemaType.Number;
        schema.Description = "-1 (wrong) to 1 (right), or up or down; 0 takes an earlier rating back.";
        schema.Properties?.Clear();
        schema.Required?.Clear();
    }

    private static async Task Complete(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        if (operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var body)
            && metadata.OfType<ExampleMetadata>().FirstOrDefault() is { } example)
        {
            body.Example = JsonSerializer.SerializeToNode(example.Body, ApiJson.Default);
        }
        if (metadata.OfType<TextBodyMetadata>().FirstOrDefault() is { } text)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = text.Types.ToDictionary(
                    type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                    StringComparer.Ordinal),
            };
        }
        if (metadata.OfType<StreamMetadata>().Any())
            AddStream(operation);
        if (context.Description.HttpMethod is "POST")
            AddOperationKey(operation);
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancellation);
        var codes = Always.Concat(metadata.OfType<RefusalMetadata>().SelectMany(refusals => refusals.Codes));
        foreach (var group in codes.GroupBy(code => code.Status))
            operation.Responses[group.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Refusal([.. group],
                schema);
    }

    private static OpenApiResponse Refusal(IReadOnlyList<ProblemCode> codes, OpenApiSchema schema) => new()
    {
        Description = string.Join("; ", codes.Select(code => $"{code.Code}: {code.Title}")),
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [ProblemWriter.ContentType] = new OpenApiMediaType
            {
                Schema = schema,
                Examples = codes.ToDictionary(code => code.Code, IOpenApiExample (code) => new OpenApiExample
                {
                    Value = JsonSerializer.SerializeToNode(
                        ProblemWriter.BodyOf(new(code), "4bf92f3577b34da6a3ce929d0e0e4736"), ApiJson.Default),
                }, StringComparer.Ordinal),
            },
        },
    };

    private static void AddStream(OpenApiOperation operation)
    {
        const string Sample = """
            event: stream.opened
            data: {"type":"stream.opened","cursor":"0-1a2b3c","head":"7-1a2b3c"}

            : hb

            id: 2-1a2b3c
            event: message.accepted
            data: {"at":"2026-11-21T10:00:00.000Z","messageId":"msg_…_2q","runId":"run_…_2","seq":2,"type":"message.accepted"}


            """;
        operation.Responses!["200"] = new OpenApiResponse
        {
            Description = "Events as they come. As JSON: a page {items, nextCursor}.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [StreamFormats.Sse] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = JsonValue.Create(Sample),
                },
                [StreamFormats.Ndjson] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        };
    }

    private static void AddOperationKey(OpenApiOperation operation) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = OperationKey.Header,
        In = ParameterLocation.Header,
        Description = "1 to 200 visible ASCII characters. The same key with the same request does nothing twice; "
            + "with another it is refused.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
    });
}
