using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Colloquy.Knowledge;

/// <summary>Documents on their way in: as JSON, as a form with files, or as lines of JSON.</summary>
internal static class UploadEndpoints
{
    /// <summary>Bytes of an upload of files or of lines; both are read as they come.</summary>
    public const int UploadMax = 512 * 1024 * 1024;

    /// <summary>Bytes of an upload as one JSON text, which is held in memory: a document of the largest size, in base 64.</summary>
    public const int JsonMax = 16 * 1024 * 1024;

    /// <summary>Bytes of one line.</summary>
    private const int LineMax = JsonMax;

    private const int FieldMax = 16 * 1024;
    private const string Ndjson = "application/x-ndjson";
    private const string Json = "application/json";
    private const string Form = "multipart/form-data";

    public static void Map(RouteGroupBuilder collections) => collections.MapPost("/{id}/documents", Upload)
        .Describe("uploadDocuments", $"Takes documents in, by a run: one as {Json} or several as {{documents: […]}}, files and fields as "
            + $"{Form}, or one JSON document a line as {Ndjson} (at most 512 MB and 100,000 documents). "
            + "A document is at most 10 MB; one that "
            + "stands in the collection as it is will be skipped, and one that cannot be read is told in the run.")
        .TakesText([Json, Ndjson, Form])
        .Answers<UploadAccepted>(202)
        .Refuses(ProblemCodes.CollectionNotFound, ProblemCodes.CollectionBuiltIn, ProblemCodes.LimitReached,
            ProblemCodes.InvalidValue,
            ProblemCodes.DocumentTypeUnavailable, ProblemCodes.ContentTooLarge, ProblemCodes.BodyTooLarge,
            ProblemCodes.UnsupportedMediaType, ProblemCodes.IdempotencyKeyReused)
        .WithMetadata(new RequestSizeLimitAttribute(UploadMax),
            new RequestFormLimitsAttribute { MultipartBodyLengthLimit = UploadMax })
        .WithRequestTimeout(ApiServer.LongRequest);

    private static async Task<IResult> Upload(string id, HttpContext context, OperationKey operation, Caller caller,
        GrainCalls calls)
    {
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var parsed) ? parsed : null;
        if (type?.MediaType.Value?.ToLowerInvariant() is not (Json or Ndjson or Form) and not null || type is null)
            return new Problem(ProblemCodes.UnsupportedMediaType, $"Send it as {Json}, {Ndjson} or {Form}.");
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.CollectionNotFound);
        using var staging = new UploadStaging(id, operation, caller, calls, context.RequestAborted);
        var refused = type.MediaType.Value!.ToLowerInvariant() switch
        {
            Json => await ReadJson(context, staging),
            Ndjson => await ReadLines(context.Request.BodyReader, staging, context.RequestAborted),
            _ => await ReadForm(context.Request, type, staging, context.RequestAborted),
        };
        return refused ?? await staging.Begin();
    }

    private static async Task<Problem?> ReadJson(HttpContext context, UploadStaging staging)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = JsonMax;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var documents = Parse(body.GetBuffer().AsSpan(0, (int)body.Length), allowsMany: true);
        if (documents is null)
            return new(ProblemCodes.InvalidRequest, "The body is neither a document nor {\"documents\": […]}.");
        foreach (var (at, document) in documents.Index())
            if (await staging.Add(document) is { } problem)
                return documents.Count == 1 ? problem : At(problem, $"documents[{at}]");
        return null;
    }

    private static async Task<Problem?> ReadLines(PipeReader body, UploadStaging staging, CancellationToken cancellation)
    {
        for (var number = 1; ;)
        {
            var read = await body.ReadAsync(cancellation);
            var rest = read.Buffer;
            Problem? problem = null;
            try
            {
                while (problem is null && NextLine(ref rest, read.IsCompleted) is { } line)
                    problem = await AddLine(line, number++, staging);
            }
            finally
            {
                body.AdvanceTo(rest.Start, rest.End); // also when it ends here: the connection serves the next request
            }
            if (problem is null && rest.Length > LineMax)
                problem = new(ProblemCodes.ContentTooLarge, $"Line {number} has more than {LineMax} bytes.");
            if (problem is not null || read.IsCompleted)
                return problem;
        }
    }

    private static async Task<Problem?> AddLine(byte[] line, int number, UploadStaging staging)
    {
        if (line.AsSpan().Trim(" \t\r"u8).IsEmpty)
            return null;
        if (Parse(line, allowsMany: false) is not [var document])
            return new(ProblemCodes.InvalidRequest, $"Line {number} is no document.");
        return await staging.Add(document) is { } problem ? At(problem, $"line {number}") : null;
    }

    /// <summary>A form: every file is a document, and the fields before it are what is known of it and of those after it.</summary>
    private static async Task<Problem?> ReadForm(
        HttpRequest request, MediaTypeHeaderValue type, UploadStaging staging, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrWhiteSpace(boundary) || boundary.Length > 128)
            return new(ProblemCodes.InvalidRequest, "The form names no boundary.");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = null };
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                    return new(ProblemCodes.InvalidRequest, "A part of the form has no name.");
                var isFile = disposition.IsFileDisposition();
                var bytes = await Read(section.Body, isFile ? UploadStaging.DocumentBytesMax : FieldMax, cancellation);
                if (bytes is null)
                    return new(ProblemCodes.ContentTooLarge, $"A file has at most {UploadStaging.DocumentBytesMax} bytes.");
                if (!isFile)
                    fields[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = Encoding.UTF8.GetString(bytes);
                else if (FormDocument.Of(disposition, section.ContentType, bytes, fields, out var problem) is not { } document)
                    return problem;
                else if (await staging.Add(document) is { } refused)
                    return refused;
                else
                    fields.Remove("id"); // of one document only
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return new(ProblemCodes.InvalidRequest, "The form breaks off or is malformed.");
        }
        return null;
    }

    private static async Task<byte[]?> Read(Stream part, int most, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await part.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (content.Length + count > most)
                return null;
            await content.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }
        return content.ToArray();
    }

    private static byte[]? NextLine(ref ReadOnlySequence<byte> rest, bool isWhole)
    {
        if (rest.IsEmpty)
            return null;
        var end = rest.PositionOf((byte)'\n');
        if (end is null && !isWhole)
            return null;
        var line = end is { } at ? rest.Slice(0, at).ToArray() : rest.ToArray();
        rest = end is { } behind ? rest.Slice(rest.GetPosition(1, behind)) : rest.Slice(rest.End);
        return line;
    }

    /// <summary>The documents of a JSON text; null if it is none.</summary>
    private static List<DocumentBody>? Parse(ReadOnlySpan<byte> json, bool allowsMany)
    {
        try
        {
            if (allowsMany && HasMany(json))
                return JsonSerializer.Deserialize<DocumentsBody>(json, ApiJson.Default)?.Documents is { } many
                    && !many.Contains(null!)
                    ? [.. many] : null;
            return JsonSerializer.Deserialize<DocumentBody>(json, ApiJson.Default) is { } one ? [one] : null;
        }
        catch (JsonException)
        {
            return null; // a refusal, and no fault: whoever sends it is told
        }
    }

    private static bool HasMany(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals("documents"u8))
                return true;
        return false;
    }

    private static Problem At(Problem problem, string place) => problem with { Detail = $"{place}: {problem.Detail}" };
}
