using System.Net;
using System.Text.RegularExpressions;

namespace Colloquy.Tests.Hosting;

[Collection(ApiTests.Name)]
public sealed class HostTests(ApiHost host)
{
    [Fact]
    public async Task It_is_alive_and_ready()
    {
        Assert.Equal("ok", (string)(await host.Stranger.GetJson("/health/live"))["status"]!);
        var ready = await host.Stranger.GetJson("/health/ready");
        Assert.Equal("ok", (string)ready["status"]!);
        Assert.NotEmpty(ready["checks"]!.AsArray());
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_be_careful_and_carries_its_trace()
    {
        var answer = await host.Stranger.GetAsync("/v1/sessions");
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy")
            .Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
        var trace = Regex.Match(answer.Headers.GetValues("traceparent").Single(), "^00-([0-9a-f]{32})-").Groups[1].Value;
        Assert.Equal(trace, (string)(await answer.Json())["traceId"]!);
    }

    [Fact]
    public async Task Metrics_name_routes_and_never_what_users_wrote()
    {
        var client = await host.Tenant();
        await client.GetAsync("/v1/sessions/canary-in-the-address?q=canary-in-the-query");
        var metrics = await host.Stranger.GetStringAsync("/metrics");
        Assert.Contains("http_server_request_duration_seconds_bucket", metrics, StringComparison.Ordinal);
        Assert.Contains("/v1/sessions/{id}", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_behind_a_proxy_want_the_operators_key()
    {
        await (await Scrape(host.Stranger)).IsProblem(401, "unauthenticated");
        await (await Scrape(await host.Tenant())).IsProblem(403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await Scrape(host.Operator)).StatusCode);
    }

    [Fact]
    public async Task Only_listed_origins_may_call_from_a_browser()
    {
        Assert.Equal("https://app.example", (await Preflight("https://app.example"))
            .Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False((await Preflight("https://evil.example")).Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static Task<HttpResponseMessage> Scrape(HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        return client.SendAsync(request);
    }

    private Task<HttpResponseMessage> Preflight(string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/v1/sessions");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "GET");
        return host.Stranger.SendAsync(request);
    }
}
