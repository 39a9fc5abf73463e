using Colloquy.Hosting;
using Microsoft.AspNetCore.Builder;

// A silo of a cluster, without the API.
return await ProcessExit.Run(Console.Error, async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Configuration[ProcessExit.RoleSetting] = "silo";
    builder.AddColloquySilo();
    builder.Services.AddColloquyMetrics();
    await using var app = builder.Build();
    app.MapColloquyHealth();
    app.MapColloquyMetrics();
    await app.RunAsync();
});
