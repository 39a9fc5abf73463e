using Colloquy.Hosting;
using Colloquy.Models;
using Colloquy.Sessions;
using Colloquy.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Colloquy.Benchmarks.Turns;

/// <summary>The product with an instant model, and where its cost can be read.</summary>
/// <param name="BytesWritten">Bytes that went to the store since some beginning.</param>
/// <param name="Cpu">Processor time of everything that takes part.</param>
internal sealed record TurnTarget(string Name, IHost Host, Func<long> BytesWritten, Func<TimeSpan> Cpu, Action Close)
{
    public IGrainFactory Grains => Host.Services.GetRequiredService<IGrainFactory>();

    public static Task<TurnTarget> Sqlite() => Sqlite(new InstantModel());

    public static Task<TurnTarget> Sqlite(IModelCatalogue models)
    {
        var directory = Directory.CreateTempSubdirectory("colloquy-bench-").FullName;
        return Start("SQLite", new() { ["COLLOQUY_DATA"] = directory },
            () => Journals.JournalTarget.ReadCounter("/proc/self/io", "wchar"),
            () => Environment.CpuUsage.TotalTime, () => Directory.Delete(directory, recursive: true), models);
    }

    public static async Task<TurnTarget> Start(
        string name, Dictionary<string, string?> settings, Func<long> bytes, Func<TimeSpan> cpu, Action close,
        IModelCatalogue? models = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration["COLLOQUY_LOG_LEVEL"] = "error";
        builder.AddColloquySilo();
        builder.Services.Replace(ServiceDescriptor.Singleton(models ?? new InstantModel()));
        var host = builder.Build();
        await host.StartAsync();
        return new(name, host, bytes, cpu, close);
    }

    public async Task Stop()
    {
        await Host.StopAsync();
        Host.Dispose();
        Close();
    }
}

/// <summary>One session, asked again and again by somebody who watches.</summary>
internal sealed class AskedSession : ISessionViewer
{
    private readonly ISessionGrain _session;
    private readonly ISessionViewer _reference;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    private AskedSession(ISessionGrain session, IGrainFactory grains) =>
        (_session, _reference) = (session, grains.CreateObjectReference<ISessionViewer>(this));

    public static async Task<AskedSession> Begin(IGrainFactory grains, int number)
    {
        CallerTenant.Set("bench");
        var id = SessionIds.Session("bench", $"{number}");
        var session = grains.GetGrain<ISessionGrain>(TenantKey.For("bench", id));
        await session.Create(new("bench", "", "regulatory-expert", SessionMode.Manual, null,
            System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, null, [], null, true, ""));
        return new(session, grains);
    }

    public void Show(LiveFrame frame) => Interlocked.Exchange(
        ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Watches no longer.</summary>
    public async Task Leave(IGrainFactory grains)
    {
        CallerTenant.Set("bench");
        await _session.Detach(_reference);
        grains.DeleteObjectReference<ISessionViewer>(_reference);
    }

    /// <summary>Asks, and comes back when the answer is durable.</summary>
    public async Task Ask()
    {
        CallerTenant.Set("bench");
        if (_asked++ % 5 == 0)
            await _session.Attach(_reference); // renews it, too
        var question = $"Question {_asked}: what do the rules say about a device like ours? " + new string('x', 400);
        var sent = await _session.Send(new("bench", question, null, OnBusy.Reject, $"{_asked}", ""));
        if (sent.Status is not SendStatus.Accepted)
            throw new InvalidOperationException($"Turn {_asked}: {sent.Status}.");
        for (var moved = _moved.Task; (await _session.View())!.Running is not null; moved = _moved.Task)
            await moved;
    }
}
