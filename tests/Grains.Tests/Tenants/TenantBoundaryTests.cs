using System.Reflection;
using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Tenants;

namespace Colloquy.Tests.Tenants;

[Collection(SharedHost.Name)]
public sealed class TenantBoundaryTests(GrainHost host)
{
    private static readonly Type[] _contracts =
    [
        typeof(ITenantGrain), typeof(IKeyRingGrain), typeof(IBudgetGrain), typeof(IAgentGrain), typeof(IAgentVersionGrain),
        typeof(ICatalogueGrain),
    ];

    public static TheoryData<string, string> Methods
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (contract, method) in _contracts.SelectMany(one => one.GetMethods().Select(method => (one, method))))
                data.Add(contract.Name, method.Name);
            return data;
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task A_foreign_tenant_is_refused(string contract, string method)
    {
        GrainHost.NewTenant();
        await Assert.ThrowsAsync<ForeignTenantException>(() => Call(contract, method));
    }

    [Theory, MemberData(nameof(Methods))]
    public async Task Who_acts_for_nobody_is_refused(string contract, string method)
    {
        CallerTenant.Clear();
        await Assert.ThrowsAsync<ForeignTenantException>(() => Call(contract, method));
    }

    [Fact]
    public async Task A_grain_passes_its_callers_tenant_on()
    {
        var tenant = GrainHost.NewTenant();
        Assert.Equal(0, await host.Grain<IProbe>(tenant, "probe").Look(tenant, inOwnName: false));
        await Assert.ThrowsAsync<ForeignTenantException>(
            () => host.Grain<IProbe>(tenant, "probe").Look("someone-else", inOwnName: false));
    }

    [Fact]
    public async Task A_grain_that_nobody_asked_acts_for_the_tenant_of_its_key()
    {
        var tenant = GrainHost.NewTenant();
        var probe = host.Grain<IProbe>(tenant, "probe");
        Assert.Equal(0, await probe.Look(tenant, inOwnName: true));
        await Assert.ThrowsAsync<ForeignTenantException>(() => probe.Look("someone-else", inOwnName: true));
    }

    [Fact]
    public async Task A_grain_that_serves_all_tenants_reaches_each_in_its_own_name_only()
    {
        var tenant = GrainHost.NewTenant();
        var probe = host.Grain<IProbe>(TenantKey.System, "probe");
        Assert.Equal(0, await probe.Look("someone-else", inOwnName: true));
        Assert.Equal(0, await probe.Look(tenant, inOwnName: false));
        await Assert.ThrowsAsync<ForeignTenantException>(() => probe.Look("someone-else", inOwnName: false));
    }

    [Theory]
    [InlineData("acme/budget", "acme", null, true)]
    [InlineData("acme/budget", "acm", null, false)]
    [InlineData("acme/budget", null, null, false)]
    [InlineData("acme/budget", null, "sys.client/1", false)]
    [InlineData("acme/budget", null, "sys.observer/acme", false)]
    [InlineData("acme/budget", null, "run/acme/1", true)]
    [InlineData("acme/budget", null, "run/acme-2/1", false)]
    [InlineData("acme/budget", "other", "run/acme/1", false)]
    [InlineData("acme/budget", null, "sweeper/$system/1", true)]
    [InlineData("acme/budget", "other", "sweeper/$system/1", false)]
    [InlineData("acme/budget", TenantKey.System, null, true)]
    [InlineData("acme/budget", null, "sys.svc.reminders/1", true)]
    [InlineData("$system/sweeper", "acme", null, false)]
    [InlineData("$system/sweeper", null, null, false)]
    [InlineData("$system/sweeper", TenantKey.System, null, true)]
    [InlineData("$system/sweeper", "acme", "run/acme/1", true)]
    [InlineData("$system/sweeper", null, "sweeper/$system/2", true)]
    [InlineData("$system/sweeper", "acme", "sys.client/1", false)]
    public void The_rule(string key, string? actsFor, string? source, bool allowed) => Assert.Equal(
        allowed, TenantBoundary.Allows(key, actsFor, source is null ? null : GrainId.Parse(source)));

    private Task Call(string contract, string method)
    {
        var type = _contracts.Single(one => one.Name == contract);
        var called = type.GetMethod(method)!;
        var arguments = called.GetParameters()
            .Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
        try
        {
            return (Task)called.Invoke(host.Grain(type, "someone-else", "x"), [.. arguments])!;
        }
        catch (TargetInvocationException failure)
        {
            return Task.FromException(failure.InnerException!);
        }
    }
}
