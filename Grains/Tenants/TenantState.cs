namespace Colloquy.Tenants;

/// <summary>A tenant as it is kept; nothing before it is created.</summary>
[GenerateSerializer, Alias("tenant.state"), Immutable]
internal sealed record TenantState
{
    [Id(0)] public CreateTenant? Command { get; init; }
    [Id(1)] public DateTimeOffset CreatedAt { get; init; }

    public TenantView? ToView() => Command is { } command ? new(command.Id, command.Name, command.Plan, CreatedAt) : null;
}
