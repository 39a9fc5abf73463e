using Colloquy.Hosting;

// API and silo in one process, or the API alone before a cluster; the role says which.
return await ProcessExit.Run(Console.Error, async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddColloquy();
    builder.AddApi();
    await using var app = builder.Build();
    app.UseApi();
    await app.RunAsync();
});
