using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;

namespace Colloquy.Conformance;

/// <summary>What a simulated world is, and what can be done to it.</summary>
public class SimulationTests
{
    static Simulation World(int seed = 1, SimulationOptions? options = null, Action<ISiloBuilder>? more = null)
    {
        return new Simulation(seed, Configure, options ?? new() { Horizon = TimeSpan.FromDays(7) });

        void Configure(ISiloBuilder silo)
        {
            silo.AddMemoryGrainStorage("documents").AddMemoryStreams("activity");
            silo.Services.AddSingleton(new LedgerRules());
            more?.Invoke(silo);
        }
    }

    [Fact]
    public void Hours_pass_in_no_time()
    {
        using var simulation = World();
        var key = TestCluster.NewKey();
        simulation.Run(async client =>
        {
            await client.GetGrain<IWaker>(key).Remind("up", TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));
            await Task.Delay(TimeSpan.FromMinutes(195), simulation.Time);
        });
        Assert.Equal(4, Stage.Of(key).Count("reminder up")); // after 10, 70, 130 and 190 minutes
        Assert.Equal(3, Stage.Of(key).Count("deactivated")); // idle for 15 minutes each time but the last
        Assert.Equal(new DateTime(2030, 1, 1), simulation.Time.GetUtcNow().UtcDateTime.Date);
    }

    [Fact]
    public void A_reminder_that_is_set_again_comes_at_its_new_time_only()
    {
        using var simulation = World();
        var key = TestCluster.NewKey();
        simulation.Run(async client =>
        {
            var waker = client.GetGrain<IWaker>(key);
            await waker.Remind("up", TimeSpan.FromMinutes(10), TimeSpan.FromDays(2));
            await waker.Remind("up", TimeSpan.FromHours(1), TimeSpan.FromDays(2));
            await Task.Delay(TimeSpan.FromMinutes(59), simulation.Time);
            Assert.Equal(0, Stage.Of(key).Count("reminder up"));
            await Task.Delay(TimeSpan.FromDays(2) - TimeSpan.FromHours(1), simulation.Time);
            Assert.Equal(1, Stage.Of(key).Count("reminder up"));
            await Task.Delay(TimeSpan.FromHours(2), simulation.Time);
            Assert.Equal(2, Stage.Of(key).Count("reminder up")); // a wait that is too long for one timer
        });
    }

    [Fact]
    public void Observers_enumerations_and_streams_run_inside_of_it()
    {
        using var simulation = World();
        var (counter, listener) = (TestCluster.NewKey(), TestCluster.NewKey());
        var watcher = new Watcher();
        simulation.Run(async client =>
        {
            var room = client.GetGrain<IRoom>("room");
            await room.Watch(client.CreateObjectReference<IWatcher>(watcher));
            await room.Say("hello");

            var adding = simulation.Start(async other =>
            {
                for (var number = 1; number <= 3; number++)
                {
                    await Task.Delay(TimeSpan.FromMinutes(1), simulation.Time);
                    await other.GetGrain<ICounter>(counter).Add(number);
                }
            });
            var heard = new List<int>();
            await foreach (var number in client.GetGrain<ICounter>(counter).Follow(3))
                heard.Add(number);
            Assert.Equal([1, 2, 3], heard);
            await adding;

            await client.GetGrain<IListener>(listener).Listen("s");
            await client.GetGrain<IListener>(TestCluster.NewKey()).Publish("s", "news");
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);
        });
        Assert.Equal(["hello"], watcher.Heard);
        Assert.Equal(["news"], Stage.Of(listener).Said);
    }

    [Fact]
    public void A_crash_ends_activations_without_a_word_and_their_callers_by_a_timeout()
    {
        using var simulation = World(options: new() { Silos = 1 });
        var key = TestCluster.NewKey();
        simulation.Run(async client =>
        {
            var plain = client.GetGrain<IPlain>(key);
            var first = await plain.Activation();
            simulation.Crash(0);
            await Assert.ThrowsAsync<TimeoutException>(plain.Activation); // the directory has not noticed yet
            Assert.NotEqual(first, await plain.Activation());
        });
        Assert.Equal(["activated", "activated"], Stage.Of(key).Said);
    }

    [Fact]
    public void A_crash_stops_work_where_it_is()
    {
        using var simulation = World(more: silo => silo.Services.AddSingleton<Diary>());
        simulation.Run(async client =>
        {
            var writing = client.GetGrain<IDiarist>("d").Write("never");
            while (simulation.Grains.Count == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(1), simulation.Time); // until the request has arrived
            simulation.CrashAll();
            await Assert.ThrowsAsync<TimeoutException>(() => writing);
        });
        Assert.All(simulation.Services.GetRequiredService<Diary>().Lines, line => Assert.EndsWith("crashed", line));
    }

    [Fact]
    public void A_duplicate_lives_beside_the_first_until_its_silo_dies()
    {
        using var simulation = World();
        var key = TestCluster.NewKey();
        simulation.Run(async client =>
        {
            var ledger = client.GetGrain<ILedger>(key);
            await ledger.Reserve("a", 1);
            Assert.True(simulation.Duplicate(ledger.GetGrainId()));
            Assert.False(simulation.Duplicate(ledger.GetGrainId()));
            await ledger.Reserve("b", 1);
            Assert.Equal(["conformance-ledger/" + key], simulation.Grains.Select(grain => grain.ToString()));
            Assert.Equal(2, (await ledger.Read()).Total);
        });
    }

    [Fact]
    public void Faults_come_as_often_as_they_are_asked_for_and_end_with_the_calm()
    {
        using var simulation = World(options: new() { LostRequest = 1 });
        simulation.Run(async client =>
        {
            await Assert.ThrowsAsync<TimeoutException>(() => client.GetGrain<ILedger>("x").Read());
            simulation.Calm();
            Assert.Equal(0, (await client.GetGrain<ILedger>("x").Read()).Total);
        });
        Assert.Contains("request lost ILedger.Read", simulation.Story, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 1)]
    public void A_failed_write_is_done_or_not_and_the_grain_cannot_know(double refused, double lost, int stored)
    {
        using var simulation = World(options: new() { FailedWriteNotApplied = refused, FailedWriteApplied = lost });
        simulation.Run(async client =>
        {
            var ledger = client.GetGrain<ILedger>("x");
            var failure = await Assert.ThrowsAsync<OrleansException>(() => ledger.Reserve("a", 1));
            Assert.IsType<IOException>(failure.InnerException);
            Assert.Equal(stored, (await ledger.Read()).Total);
        });
    }

    [Fact]
    public void Two_writes_at_once_do_not_collide_although_the_storage_is_slow()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            using var simulation = World(seed);
            simulation.Run(async client =>
            {
                await client.GetGrain<IKeeper>("k").WriteTwiceAtOnce("second");
                simulation.CrashAll();
                await Task.Delay(TimeSpan.FromMinutes(1), simulation.Time);
                Assert.Equal("second", (await client.GetGrain<IKeeper>("k").Read()).Text);
            });
        }
    }

    [Fact]
    public void A_double_of_a_port_draws_from_the_simulation_and_hears_of_crashes()
    {
        Assert.Equal(Play(1), Play(1));
        Assert.NotEqual(Play(1), Play(2));

        static (string, ulong) Play(int seed)
        {
            using var simulation = World(seed, more: silo => silo.Services.AddSingleton<Diary>());
            simulation.Run(async client =>
            {
                await client.GetGrain<IDiarist>("d").Write("one");
                await client.GetGrain<IDiarist>("d").Write("two");
                simulation.CrashAll();
            });
            var diary = simulation.Services.GetRequiredService<Diary>();
            Assert.Equal(2, diary.Lines.Count(line => line.Contains(" at ", StringComparison.Ordinal)));
            Assert.Equal(2, diary.Lines.Count(line => line.EndsWith("crashed", StringComparison.Ordinal)));
            return (string.Join(';', diary.Lines), simulation.TraceHash);
        }
    }

    [Fact]
    public void An_enumeration_that_nobody_pulls_any_more_is_closed_in_the_grain()
    {
        using var simulation = World();
        var key = TestCluster.NewKey();
        simulation.Run(async client =>
        {
            var counter = client.GetGrain<ICounter>(key);
            await counter.Add(1);
            await using var numbers = counter.Follow(5).GetAsyncEnumerator();
            Assert.True(await numbers.MoveNextAsync());
            await Task.Delay(TimeSpan.FromMinutes(3), simulation.Time);
            Assert.Equal("closed", Stage.Of(key).Said[^1]);
            await Assert.ThrowsAsync<EnumerationAbortedException>(async () => await numbers.MoveNextAsync());
        });
    }

    [Fact]
    public void A_grain_stays_as_long_as_its_class_says_and_a_goodbye_that_hangs_is_cut_short()
    {
        using var simulation = World();
        simulation.Run(async client =>
        {
            var stubborn = client.GetGrain<IStubborn>("s");
            var first = await stubborn.Activation();
            await Task.Delay(TimeSpan.FromMinutes(115), simulation.Time);
            Assert.Equal(first, await stubborn.Activation());
            await Task.Delay(TimeSpan.FromMinutes(125), simulation.Time);
            Assert.NotEqual(first, await stubborn.Activation());
        });
    }

    [Fact]
    public void A_client_that_fails_fails_the_run()
    {
        using var simulation = World();
        Assert.Throws<InvalidOperationException>(() => simulation.Run(client =>
        {
            simulation.Start(_ => throw new InvalidOperationException("The other client."));
            return Task.Delay(TimeSpan.FromHours(1), simulation.Time);
        }));
    }

    [Fact]
    public void Clients_that_were_started_run_to_their_end()
    {
        using var simulation = World();
        var ended = 0;
        simulation.Run(async client =>
        {
            for (var i = 0; i < 5; i++)
                _ = simulation.Start(async _ =>
                {
                    await Task.Delay(TimeSpan.FromMinutes(5), simulation.Time);
                    ended++;
                });
            await client.GetGrain<ILedger>("x").Read();
        });
        Assert.Equal(5, ended);
    }

    [Fact]
    public void Work_that_leaves_the_simulation_is_noticed()
    {
        using var simulation = World();
        using var gone = new ManualResetEventSlim();
        Assert.Throws<SimulationEscapeException>(() => simulation.Run(async _ =>
        {
            var work = Task.Run(() => gone.Wait());
            // The clock moves once the work is awaited, and not before.
            simulation.Time.CreateTimer(_ => gone.Set(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            await work;
        }));
    }

    [Fact]
    public void A_scenario_that_can_never_end_is_noticed()
    {
        using var simulation = World();
        Assert.Throws<SimulationStuckException>(() => simulation.Run(_ => new TaskCompletionSource().Task));
    }

    sealed class Watcher : IWatcher
    {
        public List<string> Heard { get; } = [];

        public Task Said(string line)
        {
            Heard.Add(line);
            return Task.CompletedTask;
        }

        public void Mentioned(string line) => Heard.Add(line);
    }
}

[Alias("conformance.stubborn")]
public interface IStubborn : IGrainWithStringKey
{
    [Alias("activation")]
    Task<object> Activation();
}

/// <summary>Stays for two hours, and then does not want to go.</summary>
[GrainType("conformance-stubborn"), CollectionAgeLimit(Hours = 1, Minutes = 60)]
public sealed class StubbornGrain(TimeProvider time) : Grain, IStubborn
{
    readonly Guid _activation = Guid.NewGuid();

    public Task<object> Activation() => Task.FromResult<object>(_activation);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, time, CancellationToken.None);
}

[Alias("conformance.diarist")]
public interface IDiarist : IGrainWithStringKey
{
    [Alias("write")]
    Task Write(string line);
}

[GrainType("conformance-diarist")]
public sealed class DiaristGrain(Diary diary) : Grain, IDiarist
{
    public Task Write(string line) => diary.Append(line);
}

/// <summary>The double of a port: slow, unreliable and told of crashes, all by the seed.</summary>
public sealed class Diary
{
    readonly Simulation _simulation;

    public Diary(Simulation simulation)
    {
        _simulation = simulation;
        simulation.OnCrash(silo => Lines.Add($"{silo} crashed"));
    }

    public List<string> Lines { get; } = [];

    public async Task Append(string line)
    {
        var silo = _simulation.Silo;
        await Task.Delay(_simulation.Duration(TimeSpan.FromSeconds(1)), _simulation.Time);
        if (_simulation.Chance(0.5))
            line += "!";
        _simulation.Note(line);
        Lines.Add($"{silo}: {line} at {_simulation.Time.GetUtcNow():ss.ffff}");
    }
}
