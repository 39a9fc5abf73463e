using Colloquy.Hosting;

// API and silo in one process, or the API alone before a cluster; the role says which. With "doctor", neither.
if (args is ["doctor", ..])
    return await Doctor.Run(WebApplication.CreateBuilder(args).Configuration, Console.Out, args.Contains("--json"));
return await ProcessExit.Run(Console.Error, async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddColloquy();
    builder.AddApi();
    await using var app = builder.Build();
    app.UseApi();
    await app.RunAsync();
});
