using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Colloquy.Tests;

/// <summary>What tests do over HTTP again and again.</summary>
internal static class Calls
{
    public static async Task<JsonNode> Json(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    public static async Task<JsonNode> GetJson(this HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Json();
    }

    public static Task<HttpResponseMessage> PostText(
        this HttpClient client, string path, string body, string type = "application/json", string? operation = null) =>
        client.PostBytes(path, Encoding.UTF8.GetBytes(body), type, operation);

    public static async Task<HttpResponseMessage> PostBytes(
        this HttpClient client, string path, byte[] body, string type = "application/json", string? operation = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        // What is refused for its size is refused before it is sent; else the answer races with the broken connection.
        request.Headers.ExpectContinue = body.Length > 256 * 1024;
        if (operation is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", operation);
        return await client.SendAsync(request);
    }

    /// <summary>A new session with an expert; its id.</summary>
    public static async Task<string> NewSession(this HttpClient client)
    {
        var answer = await client.PostAsJsonAsync("/v1/sessions", new { agent = "regulatory-expert", title = "Test" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (string)(await answer.Json())["id"]!;
    }

    /// <summary>Sends a message and waits for the end of its run; the run's id.</summary>
    public static async Task<string> Converse(this HttpClient client, string session,
        string content = "What is a class III device?")
    {
        var answer = await client.PostAsJsonAsync($"/v1/sessions/{session}/messages", new { content });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var run = (string)(await answer.Json())["runId"]!;
        await using var stream = await SseReader.Open(client, $"/v1/runs/{run}/events");
        await stream.ToEnd();
        return run;
    }

    /// <summary>Checks that the answer is a problem of this status and code.</summary>
    public static async Task<JsonNode> IsProblem(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode,
            $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(code, (string)problem["code"]!);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["traceId"]!);
        Assert.NotEmpty((string)problem["title"]!);
        return problem;
    }
}
