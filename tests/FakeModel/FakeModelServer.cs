using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Colloquy.FakeModel;

/// <summary>A model server that speaks OpenAI's protocol over real HTTP and says what a test tells it to.</summary>
public sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing;
    private readonly Playbook _playbook;
    private readonly RequestLog _log;

    private FakeModelServer(WebApplication app, CancellationTokenSource closing, Playbook playbook, RequestLog log) =>
        (_app, _closing, _playbook, _log) = (app, closing, playbook, log);

    /// <summary>The server's address without a path.</summary>
    public Uri Root => new(
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What an OpenAI client is given as its base address: http://127.0.0.1:PORT/v1.</summary>
    public string BaseUrl => new Uri(Root, "v1").ToString();

    /// <summary>The requests of late, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Requests;

    public FakeModelStats Stats => _log.Stats;

    public static async Task<FakeModelServer> Start(FakeModelOptions? options = null)
    {
        options ??= new FakeModelOptions();
        var closing = new CancellationTokenSource();
        var playbook = new Playbook(options.Defaults);
        var log = new RequestLog(options.Clock, options.RequestsKept);

        // An empty builder: no settings file, variable or log of the process that hosts the tests gets in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSockets(Write).ConfigureKestrel(Limit).UseUrls(options.Url);
        var app = builder.Build();
        app.Run(new Routes(options, playbook, log, closing.Token).Answer);
        await app.StartAsync();
        // Answers that stall or stand at a gate would otherwise hold the server open.
        app.Lifetime.ApplicationStopping.Register(closing.Cancel);
        return new FakeModelServer(app, closing, playbook, log);
    }

    /// <summary>Answers chat requests; null leaves them to older scripts, the queue and the defaults.</summary>
    public void Script(Func<RecordedRequest, ScriptedTurn?> script) => _playbook.Script(forEmbeddings: false, script);

    /// <summary>Answers embedding requests; of a turn its fault, its first delay and its gate count.</summary>
    public void ScriptEmbeddings(Func<RecordedRequest, ScriptedTurn?> script) => _playbook.Script(forEmbeddings: true, script);

    /// <summary>
    /// Answers the next chat requests, one turn each. A fault with times=n takes n + 1 requests, the last a good one.
    /// </summary>
    public void Enqueue(params IEnumerable<ScriptedTurn> turns) => _playbook.Enqueue(turns);

    /// <summary>Sets the turn of requests for which nothing is scripted.</summary>
    public void Default(ScriptedTurn turn) => _playbook.Default(turn);

    /// <summary>Forgets scripts, queue, requests and counts; the defaults stay.</summary>
    public void Reset()
    {
        _playbook.Clear();
        _log.Clear();
    }

    /// <summary>Completes with the nth chat request since the start or the last reset, when it has arrived.</summary>
    public Task<RecordedRequest> Requested(int count = 1) =>
        _log.When(request => request.IsChat, count, $"chat request {count}");

    /// <summary>Completes with the nth request of any kind that the predicate likes, past ones included.</summary>
    public Task<RecordedRequest> WhenRequested(Func<RecordedRequest, bool> wants, int count = 1) =>
        _log.When(wants, count, $"{count} matching requests");

    /// <summary>Completes with the first request whose last user message holds some words.</summary>
    public Task<RecordedRequest> WhenRequested(string words) =>
        _log.When(request => request.LastUser.Contains(words, StringComparison.Ordinal), 1, $"a request with '{words}'");

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitForShutdown() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    // A write ends when the socket has the bytes, so that a cut loses none of the chunks before it. The pipe in between resumes
    // at half of this size: 2 is the least that works.
    private static void Write(SocketTransportOptions sockets) => sockets.MaxWriteBufferSize = 2;

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    }
}
