using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Colloquy.Models.OpenAi;

namespace Colloquy.Hosting;

/// <summary>Whether the model service answers, and knows the key and the model.</summary>
internal static class ModelProbe
{
    private const string Name = "model";

    public static async Task<Finding> Look(OpenAiOptions? options, CancellationToken cancellation)
    {
        if (options is null)
            return Finding.Absent(Name, "the extractive model answers, from the knowledge base alone; "
                + $"{KnownSettings.OpenAiKey.Name} or {KnownSettings.OpenAiUrl.Name} sets up another");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Doctor.Patience);
        using var http = OpenAiTransport.Connect(options);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/models");
        if (options.ApiKey is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            return Judge(options, response.StatusCode, await response.Content.ReadAsStringAsync(patience.Token));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Finding.Wrong(Name, $"{options.BaseUrl} cannot be reached: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Finding.Wrong(Name, $"{options.BaseUrl} did not answer within {Doctor.Patience.TotalSeconds} s");
        }
    }

    // Not every server that answers chats has a list of models: that one has none is no mistake.
    private static Finding Judge(OpenAiOptions options, HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Finding.Wrong(Name,
            $"{options.BaseUrl} refuses the {(options.ApiKey is null ? $"call without {KnownSettings.OpenAiKey.Name}" : "key")}"),
        >= HttpStatusCode.InternalServerError => Finding.Wrong(Name, $"{options.BaseUrl} fails with {(int)status}"),
        HttpStatusCode.OK when Models(body) is { Count: > 0 } models && !models.Contains(options.Model) => Finding.Wrong(Name,
            $"{options.BaseUrl} does not list {options.Model}; {KnownSettings.Model.Name} names another"),
        HttpStatusCode.OK => Finding.Ok(Name, $"{options.Model} at {options.BaseUrl}"),
        _ => Finding.Ok(Name, $"{options.Model} at {options.BaseUrl}, which answers but has no list of models ({(int)status})"),
    };

    private static HashSet<string> Models(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Array
                ? [.. data.EnumerateArray().Select(model => model.GetProperty("id").GetString()!)]
                : [];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return []; // no list that can be read is as good as none
        }
    }
}
