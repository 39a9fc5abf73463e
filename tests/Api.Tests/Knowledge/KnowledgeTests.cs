using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Colloquy.Tests.Knowledge;

[Collection(ApiTests.Name)]
public sealed class KnowledgeTests(ApiHost host) : IAsyncLifetime
{
    private const string Collections = "/v1/knowledge/collections";
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _client = await host.Tenant();
        var created = await _client.PostAsJsonAsync(Collections, new { id = "lib", name = "Library", domain = "medicine" });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_document_is_taken_in_by_a_run_found_shown_and_removed()
    {
        var run = await Accepted(await _client.PostAsJsonAsync($"{Collections}/lib/documents",
            new { id = "gout", title = "Gout", mediaType = "text/markdown", text = "# Gout\n\nColchicine helps.", evidenceLevel = "1" }));
        var events = await End(run);
        Assert.Equal(["stream.opened", "run.accepted", "run.started", "ingest.progress", "run.completed"], events.Select(one => one.Type));
        var view = await _client.GetJson($"/v1/runs/{run}");
        Assert.Equal(("ingest", "completed", 1), ((string)view["kind"]!, (string)view["status"]!, (int)view["progress"]!["done"]!));

        var found = (await Search(new { query = "colchicine", collections = new[] { "lib" }, explain = true }))["items"]![0]!;
        Assert.Equal(("lib:gout", "Colchicine helps."), ((string)found["documentId"]!, (string)found["text"]!));
        Assert.NotNull(found["signals"]!["rrf"]);
        var document = await _client.GetJson("/v1/knowledge/documents/lib:gout");
        Assert.Equal(found["text"]!.ToString(), document["text"]!.ToString()[(int)found["start"]!..]);
        Assert.Equal("lib:gout", (string)(await _client.GetJson($"{Collections}/lib/documents"))["items"]![0]!["id"]!);
        Assert.Equal(1, (int)(await _client.GetJson($"{Collections}/lib"))["documents"]!);

        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync("/v1/knowledge/documents/lib:gout")).StatusCode);
        await (await _client.DeleteAsync("/v1/knowledge/documents/lib:gout")).IsProblem(404, "document_not_found");
        await (await _client.GetAsync("/v1/knowledge/documents/lib:gout")).IsProblem(404, "document_not_found");
        Assert.Empty((await Search(new { query = "colchicine", collections = new[] { "lib" } }))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_stream_that_is_taken_up_again_goes_on_behind_its_cursor()
    {
        var run = await Accepted(await _client.PostAsJsonAsync($"{Collections}/lib/documents", new { text = "One." }));
        var events = await End(run);
        await using var again = await SseReader.Open(_client, $"/v1/runs/{run}/events", events[2].Id);
        Assert.Equal(["stream.opened", "ingest.progress", "run.completed"], (await again.ToEnd()).Select(one => one.Type));
        Assert.Equal("completed", (string)(await (await _client.PostAsync($"/v1/runs/{run}/cancel", null)).Json())["status"]!);
    }

    [Fact]
    public async Task Many_documents_come_as_one_body_as_lines_and_as_a_form()
    {
        var run = await Accepted(await _client.PostAsJsonAsync($"{Collections}/lib/documents",
            new { documents = new object[] { new { id = "a", text = "Alpha." }, new { id = "b",
                base64 = Convert.ToBase64String("Beta."u8) } } }));
        await End(run);
        var lines = string.Join('\n', Enumerable.Range(0, 150).Select(n => $$"""{"id":"n{{n}}","text":"Number {{n}}."}""")) + "\n\n";
        var many = await _client.PostText($"{Collections}/lib/documents", lines, "application/x-ndjson");
        Assert.Equal(150, (int)(await many.Json())["documents"]!);
        await End(await Accepted(many));

        using var form = new MultipartFormDataContent
        {
            { new StringContent("eu"), "jurisdiction" },
            { Content("<h1>Page</h1><p>Shown.</p>", "text/html"), "file", "page.html" },
            { Content("Plain.", "text/plain"), "file", "plain.txt" },
        };
        await End(await Accepted(await _client.PostAsync($"{Collections}/lib/documents", form)));
        var view = await _client.GetJson($"{Collections}/lib");
        Assert.Equal((154, 154), ((int)view["documents"]!, (int)view["chunks"]!));
        var page = (await Search(new { query = "Shown", collections = new[] { "lib" } }))["items"]![0]!;
        Assert.Equal(("Page", "eu"), ((string)page["title"]!, (string)page["fields"]!["jurisdiction"]!));

        static StringContent Content(string text, string type) => new(text, Encoding.UTF8, type);
    }

    [Fact]
    public async Task The_same_key_is_the_same_run_and_with_other_documents_a_mistake()
    {
        var first = await Accepted(await Upload("""{"text":"One."}""", operation: "key"));
        Assert.Equal(first, await Accepted(await Upload("""{"text":"One."}""", operation: "key")));
        await End(first);
        Assert.Equal(first, await Accepted(await Upload("""{"text":"One."}""", operation: "key")));
        await (await Upload("""{"text":"Two."}""", operation: "key")).IsProblem(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_told_in_its_run()
    {
        var run = await Accepted(await Upload("""{"id":"j","mediaType":"application/json","text":"{"}"""));
        var failed = (await End(run)).Single(one => one.Type == "document.failed");
        Assert.Equal(("j", "document_malformed"), ((string)failed.Data["document"]!, (string)failed.Data["code"]!));
    }

    [Theory]
    [InlineData("{", 400, "invalid_request")]
    [InlineData("[]", 400, "invalid_request")]
    [InlineData("null", 400, "invalid_request")]
    [InlineData("""{"documents":[null]}""", 400, "invalid_request")]
    [InlineData("""{"text":"a","unknown":1}""", 400, "invalid_request")]
    [InlineData("""{"text":5}""", 400, "invalid_request")]
    [InlineData("""{"documents":[]}""", 422, "invalid_value")]
    [InlineData("{}", 422, "invalid_value")]
    [InlineData("""{"text":""}""", 422, "invalid_value")]
    [InlineData("""{"text":"a","base64":"YQ=="}""", 422, "invalid_value")]
    [InlineData("""{"base64":"%%%"}""", 422, "invalid_value")]
    [InlineData("""{"text":"a","id":"../x"}""", 422, "invalid_value")]
    [InlineData("""{"text":"a","evidenceLevel":"9"}""", 422, "invalid_value")]
    [InlineData("""{"text":"a","publishedOn":"soon"}""", 422, "invalid_value")]
    [InlineData("""{"text":"a","tags":{"a":null}}""", 422, "invalid_value")]
    [InlineData("""{"text":"a","mediaType":"application/zip"}""", 422, "document_type_unavailable")]
    public async Task An_upload_that_is_wrong_is_refused(string body, int status, string code) =>
        await (await Upload(body)).IsProblem(status, code);

    [Fact]
    public async Task Other_uploads_that_are_wrong_are_refused()
    {
        await (await _client.PostText($"{Collections}/lib/documents", "{\"text\":\"a\"}\nrubbish\n", "application/x-ndjson"))
            .IsProblem(400, "invalid_request");
        await (await _client.PostText($"{Collections}/lib/documents", "x", "multipart/form-data")).IsProblem(400, "invalid_request");
        await (await _client.PostText($"{Collections}/lib/documents", "--x\r\nbroken", "multipart/form-data; boundary=x"))
            .IsProblem(400, "invalid_request");
        await (await _client.PostText($"{Collections}/lib/documents", "x", "text/plain")).IsProblem(415, "unsupported_media_type");
        await (await _client.PostText($"{Collections}/nobody/documents", """{"text":"a"}""")).IsProblem(404, "collection_not_found");
        await (await _client.PostText($"{Collections}/medicine/documents", """{"text":"a"}""")).IsProblem(409, "collection_built_in");
        using var large = new HttpRequestMessage(HttpMethod.Post, $"{Collections}/lib/documents");
        large.Content = new StringContent($$"""{"text":"{{new string('x', 17 * 1024 * 1024)}}"}""", Encoding.UTF8, "application/json");
        large.Headers.ExpectContinue = true; // what is refused is not sent
        await (await _client.SendAsync(large)).IsProblem(413, "body_too_large");
    }

    [Theory]
    [InlineData("""{"query":"","collections":["lib"]}""", 422, "invalid_value")]
    [InlineData("""{"query":"a","collections":[]}""", 422, "invalid_value")]
    [InlineData("""{"query":"a","collections":["lib"],"limit":51}""", 422, "invalid_value")]
    [InlineData("""{"query":"a","collections":["lib"],"filter":{"evidenceAtLeast":"9"}}""", 422, "invalid_value")]
    [InlineData("""{"query":"a","collections":["nobody"]}""", 422, "unknown_collection")]
    [InlineData("""{"query":"a","collections":["../x"]}""", 422, "unknown_collection")]
    [InlineData("""{"query":5}""", 400, "invalid_request")]
    public async Task A_search_that_is_wrong_is_refused(string body, int status, string code) =>
        await (await _client.PostText("/v1/knowledge/search", body)).IsProblem(status, code);

    [Fact]
    public async Task A_query_of_a_megabyte_is_refused()
    {
        await (await _client.PostText("/v1/knowledge/search", $$"""{"query":"{{new string('x', 1024 * 1024)}}","collections":["lib"]}"""))
            .IsProblem(413, "body_too_large");
        await (await _client.PostText("/v1/knowledge/search", $$"""{"query":"{{new string('x', 10_000)}}","collections":["lib"]}"""))
            .IsProblem(413, "content_too_large");
    }

    [Fact]
    public async Task Collections_are_listed_changed_deleted_and_refused()
    {
        Assert.Equal(["clinical-research", "lib", "medicine", "regulatory", "research-methods"],
            (await _client.GetJson(Collections))["items"]!.AsArray().Select(one => (string)one!["id"]!));
        var changed = await _client.PatchAsync($"{Collections}/lib", JsonContent.Create(new { name = "Other" }));
        Assert.Equal("Other", (string)(await changed.Json())["collection"]!["name"]!);
        await (await _client.PostAsJsonAsync(Collections, new { id = "lib", domain = "law" })).IsProblem(409, "collection_exists");
        await (await _client.PostAsJsonAsync(Collections, new { id = "medicine", domain = "law" })).IsProblem(409, "collection_built_in");
        await (await _client.PostAsJsonAsync(Collections, new { id = "a b", domain = "law" })).IsProblem(422, "invalid_value");
        await (await _client.PostAsJsonAsync(Collections, new { id = "new", domain = "law", embedding = "nobody/knows" }))
            .IsProblem(422, "embedder_missing");
        await (await _client.DeleteAsync($"{Collections}/medicine")).IsProblem(409, "collection_built_in");
        Assert.Equal(HttpStatusCode.NoContent, (await _client.DeleteAsync($"{Collections}/lib")).StatusCode);
        await (await _client.DeleteAsync($"{Collections}/lib")).IsProblem(404, "collection_not_found");
        await (await _client.GetAsync($"{Collections}/lib/documents")).IsProblem(404, "collection_not_found");
    }

    [Fact]
    public async Task Users_read_and_search_and_change_nothing()
    {
        var user = await host.Tenant("user");
        await (await user.PostAsJsonAsync(Collections, new { id = "lib", domain = "law" })).IsProblem(403, "forbidden");
        await (await user.PostText($"{Collections}/lib/documents", """{"text":"a"}""")).IsProblem(403, "forbidden");
        Assert.NotEmpty((await user.GetJson(Collections))["items"]!.AsArray());
        await (await user.GetAsync($"{Collections}/lib")).IsProblem(404, "collection_not_found");
    }

    private Task<HttpResponseMessage> Upload(string body, string? operation = null) =>
        _client.PostText($"{Collections}/lib/documents", body, operation: operation);

    private async Task<List<SseEvent>> End(string run)
    {
        await using var stream = await SseReader.Open(_client, $"/v1/runs/{run}/events");
        return await stream.ToEnd();
    }

    private async Task<JsonNode> Search(object body) => await (await _client.PostAsJsonAsync("/v1/knowledge/search", body)).Json();

    private static async Task<string> Accepted(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (string)(await answer.Json())["runId"]!;
    }
}
