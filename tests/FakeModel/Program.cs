using Colloquy.FakeModel;

await using var model = await FakeModelServer.Start(FakeModelOptions.Read(args, Environment.GetEnvironmentVariable));
Console.WriteLine($"FakeModel answers at {model.BaseUrl}");
await model.WaitForShutdown();
