using Colloquy.Tenants;

namespace Colloquy.Tests.Tenants;

[Collection(SharedHost.Name)]
public sealed class TenantGrainTests(GrainHost host)
{
    [Fact]
    public async Task A_tenant_is_created_once()
    {
        var id = GrainHost.NewTenant();
        var tenant = host.Grain<ITenantGrain>(id, "tenant");
        Assert.Null(await tenant.View());
        var first = await tenant.Create(new CreateTenant(id, "Acme", "free"));
        Assert.Equal((TenantStatus.Created, "Acme", "free"), (first.Status, first.Tenant.Name, first.Tenant.Plan));
        Assert.Equal(first, await tenant.Create(new CreateTenant(id, "Acme", "free")));
        var other = await tenant.Create(new CreateTenant(id, "Other", "premium"));
        Assert.Equal((TenantStatus.Exists, first.Tenant), (other.Status, other.Tenant));
        Assert.Equal(1, host.Documents.Writes(tenant.GetGrainId()));
    }

    [Fact]
    public async Task It_survives_its_activation()
    {
        var id = GrainHost.NewTenant();
        var tenant = host.Grain<ITenantGrain>(id, "tenant");
        await GrainHost.EndAfter(tenant, one => one.Create(new CreateTenant(id, "Acme", "free")));
        Assert.Equal("Acme", (await tenant.View())!.Name);
        Assert.Equal(2, host.Documents.Reads(tenant.GetGrainId()));
    }

    [Fact]
    public async Task A_failed_write_leaves_the_old_state_visible()
    {
        var id = GrainHost.NewTenant();
        var tenant = host.Grain<ITenantGrain>(id, "tenant");
        host.Documents.FailNextWrite(tenant.GetGrainId());
        await Assert.ThrowsAnyAsync<Exception>(() => tenant.Create(new CreateTenant(id, "Acme", "free")));
        Assert.Null(await tenant.View());
    }

    [Fact]
    public async Task A_command_for_another_tenant_is_a_fault()
    {
        var tenant = host.Grain<ITenantGrain>(GrainHost.NewTenant(), "tenant");
        await Assert.ThrowsAsync<ArgumentException>(() => tenant.Create(new CreateTenant("other", "Acme", "free")));
    }
}
