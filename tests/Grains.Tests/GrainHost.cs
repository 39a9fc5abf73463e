using System.Collections.Concurrent;
using Colloquy.Doubles;
using Colloquy.Embeddings;
using Colloquy.Journals;
using Colloquy.Memory;
using Colloquy.Models;
using Colloquy.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Colloquy.Tests;

/// <summary>The grains on a host that the tests share; which engine it runs on is the build's business.</summary>
public sealed class GrainHost : IAsyncLifetime
{
    private readonly EngineHost _engine;

    public GrainHost() => _engine = new EngineHost(Configure);

    internal ShiftedTime Time { get; } = new();

    internal JsonDocuments Documents { get; } = new();

    internal MemoryFactStore Facts { get; } = new();

    internal WordEmbedders Embedders { get; } = new();

    internal MemoryJournalStore Journals { get; } = new();

    public Task InitializeAsync() => _engine.Start();

    public Task DisposeAsync() => _engine.Stop();

    /// <summary>A tenant that no other test uses. The calls of this test act for it from here on.</summary>
    public static string NewTenant()
    {
        var tenant = $"t-{Guid.NewGuid():N}";
        CallerTenant.Set(tenant);
        return tenant;
    }

    public TGrain Grain<TGrain>(string tenant, string id)
        where TGrain : IGrainWithStringKey => _engine.Client.GetGrain<TGrain>(TenantKey.For(tenant, id));

    internal IGrainFactory Factory => _engine.Client;

    public IGrain Grain(Type contract, string tenant, string id) => _engine.Client.GetGrain(contract, TenantKey.For(tenant, id));

    /// <summary>Ends the grain's activation with the call; the next call meets another one.</summary>
    internal static async Task EndAfter<TGrain>(TGrain grain, Func<TGrain, Task> call)
        where TGrain : IGrainWithStringKey
    {
        RequestContext.Set(LastCall.Name, LastCall.Of(grain.GetGrainId()));
        await call(grain); // what an async method sets in the context ends with it
    }

    private void Configure(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.AddColloquyGrains();
        silo.AddIncomingGrainCallFilter<LastCall>();
        silo.Services.AddSingleton<TimeProvider>(Time);
        silo.Services.AddSingleton<IFactStore>(Facts);
        silo.Services.AddSingleton<IEmbedders>(Embedders);
        silo.Services.AddSingleton<IJournalStore>(Journals);
        silo.Services.AddSingleton<IModelCatalogue>(new Sessions.TalkativeModel());
        silo.Services.AddKeyedSingleton<IGrainStorage>("documents", (_, _) => Documents);
    }

    /// <summary>Ends the activation of the grain that the call names, once: a call that finds no activation hands its context on
    /// to what the new one does by itself, and that may call the grain again long after the test has gone on.</summary>
    internal sealed class LastCall : IIncomingGrainCallFilter
    {
        public const string Name = "test.last";
        private static readonly ConcurrentDictionary<string, GrainId> _expected = [];

        public static string Of(GrainId grain)
        {
            var token = Guid.NewGuid().ToString("N");
            _expected[token] = grain;
            return token;
        }

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (RequestContext.Get(Name) is string token && _expected.TryGetValue(token, out var grain)
                && grain == context.TargetId && _expected.TryRemove(token, out _))
                context.TargetContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "Test."));
        }
    }
}

/// <summary>Tests of the shared host.</summary>
[CollectionDefinition(Name)]
public sealed class SharedHost : ICollectionFixture<GrainHost>
{
    public const string Name = "grains";
}
