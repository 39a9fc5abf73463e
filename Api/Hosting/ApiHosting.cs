using Colloquy.Agents;
using Colloquy.Budgets;
using Colloquy.Feedback;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.OpenAi;
using Colloquy.OpenApi;
using Colloquy.Panels.Standing;
using Colloquy.Panels;
using Colloquy.Problems;
using Colloquy.Runs;
using Colloquy.Selection;
using Colloquy.Sessions;
using Colloquy.Streams;
using Colloquy.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Colloquy.Hosting;

/// <summary>What the API is made of, and in which order a request passes through it.</summary>
internal static class ApiHosting
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        var settings = builder.AddColloquySettings();
        builder.AddApiServer(settings);
        builder.AddConsole();
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Console.Out);
        services.AddSingleton<GrainCalls>();
        services.AddSingleton<EventStreams>();
        services.AddColloquyMetrics();
        services.AddHostedService<BootstrapKey>();
        services.AddAuthentication(KeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null);
        services.AddSingleton<IAuthorizationHandler, RouteRoleHandler>();
        var closed = new AuthorizationPolicyBuilder(KeyAuthentication.SchemeName)
            .RequireAuthenticatedUser().AddRequirements(new RouteRole()).Build();
        services.AddAuthorizationBuilder().SetFallbackPolicy(closed).SetDefaultPolicy(closed);
        services.AddApiDocument();
        services.AddOpenAi();
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseApiServer(app.Services.GetRequiredService<ColloquySettings>());
        app.UseConsole();
        app.UseAuthentication();
        app.UseCallerScope();
        app.UseCallerLog();
        app.UseAuthorization();
        app.UseOperationKeys();

        app.MapHealth();
        app.MapMetrics();
        app.MapConsole();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var v1 = app.MapGroup("/v1");
        v1.MapTenants();
        v1.MapAgents();
        v1.MapSelection();
        v1.MapSessions();
        v1.MapRuns();
        v1.MapPanels();
        v1.MapStreams();
        v1.MapBudgets();
        v1.MapFeedback();
        v1.MapStandingPanels();
        v1.MapKnowledge();
        v1.MapMemory();
        v1.MapOpenAi();
    }
}
