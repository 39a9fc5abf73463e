namespace Colloquy.Tenants;

/// <summary>A call to a grain of a tenant for which the caller does not act. It was not done.</summary>
[GenerateSerializer, Alias("tenant.foreign")]
public sealed class ForeignTenantException(string message) : Exception(message);
