using System.Text.Json.Serialization;
using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Budgets;

/// <summary>What a scope may spend.</summary>
/// <param name="Tokens">The limit, or null for none.</param>
internal sealed record BudgetRequest([property: JsonRequired] long? Tokens);

/// <summary>A scope's limit, and what of it is spent and set aside.</summary>
internal sealed record BudgetBody(string Scope, long? Tokens, long Spent, long Reserved);

/// <summary>Budgets: seen by everybody, set by administrators.</summary>
internal static class BudgetEndpoints
{
    private const string TenantScope = "tenant";

    public static void MapBudgets(this IEndpointRouteBuilder routes)
    {
        var budgets = routes.MapGroup("/budgets").WithTags("Budgets");
        budgets.MapGet("/{scope}", View).Describe("getBudget", "Shows a budget. The scope is 'tenant'.")
            .Answers<BudgetBody>(200).Refuses(ProblemCodes.NotFound);
        budgets.MapPut("/{scope}", Limit).Describe("setBudget", "Sets or lifts a limit. What is spent stays spent.")
            .Answers<BudgetBody>(200).Refuses(ProblemCodes.NotFound, ProblemCodes.InvalidValue)
            .Example(new BudgetRequest(1_000_000));
    }

    private static async Task<IResult> View(string scope, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        scope is TenantScope
            ? TypedResults.Ok(await Read(scope, caller, calls, cancellation)) : new Problem(ProblemCodes.NotFound);

    private static async Task<IResult> Limit(
        string scope, BudgetRequest body, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (scope is not TenantScope)
            return new Problem(ProblemCodes.NotFound);
        if (body.Tokens < 0)
            return Problem.Of(ProblemCodes.InvalidValue, "tokens", "A number from 0, or null for no limit.");
        await calls.Budget(caller.Tenant).Tell(budget => budget.Limit(body.Tokens), cancellation);
        return TypedResults.Ok(await Read(scope, caller, calls, cancellation));
    }

    private static async Task<BudgetBody> Read(string scope, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var view = await calls.Budget(caller.Tenant).Ask(budget => budget.View(), cancellation);
        return new(scope, view.Tokens, view.Spent, view.Reserved);
    }
}
