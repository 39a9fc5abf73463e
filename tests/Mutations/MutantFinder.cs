using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Colloquy.Mutations;

/// <summary>Finds every place where a file can be changed a little. Some changes do not compile: they are left out later.</summary>
internal sealed class MutantFinder : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, string[]> _operators = new()
    {
        [SyntaxKind.LessThanToken] = ["<=", ">="],
        [SyntaxKind.LessThanEqualsToken] = ["<", ">"],
        [SyntaxKind.GreaterThanToken] = [">=", "<="],
        [SyntaxKind.GreaterThanEqualsToken] = [">", "<"],
        [SyntaxKind.EqualsEqualsToken] = ["!="],
        [SyntaxKind.ExclamationEqualsToken] = ["=="],
        [SyntaxKind.AmpersandAmpersandToken] = ["||"],
        [SyntaxKind.BarBarToken] = ["&&"],
        [SyntaxKind.PlusToken] = ["-"],
        [SyntaxKind.MinusToken] = ["+"],
        [SyntaxKind.AsteriskToken] = ["/"],
        [SyntaxKind.SlashToken] = ["*"],
        [SyntaxKind.PercentToken] = ["*"],
        [SyntaxKind.CaretToken] = ["|"],
        [SyntaxKind.GreaterThanGreaterThanToken] = ["<<"],
        [SyntaxKind.AndKeyword] = ["or"],
        [SyntaxKind.OrKeyword] = ["and"],
    };

    private static readonly (string One, string Other)[] _twins =
    [
        ("First", "Last"), ("FirstOrDefault", "LastOrDefault"), ("OrderBy", "OrderByDescending"), ("ThenBy", "ThenByDescending"),
        ("Order", "OrderDescending"), ("Min", "Max"), ("MinBy", "MaxBy"), ("Any", "All"), ("Take", "Skip"), ("Floor", "Ceiling"),
        ("Sum", "Max"), ("Average", "Max"), ("SkipWhile", "TakeWhile"), ("Prepend", "Append"), ("Lower", "Upper"),
    ];

    private static readonly string[] _steps =
        ["Where", "Distinct", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "Take", "Concat", "Trim",
            "Prepend",
            "RemoveAll", "ToUpperInvariant"];

    /// <summary>Groups of constants that can be taken for each other.</summary>
    private static readonly Dictionary<string, string[]> _vocabularies = new()
    {
        ["PanelPhases"] = ["Draft", "Critique", "Revise", "Estimate", "Ballot", "Synthesize"],
        ["PanelStops"] = ["Decided", "Agreed", "Stable", "Cycles", "Deadline", "Quorum"],
        ["PanelDecisions"] = ["Decided", "Undecided", "NoQuorum"],
        ["VoteRules"] = ["Majority", "Weighted", "Borda"],
        ["AbsenceReasons"] = ["Deadline", "Failed", "Budget"],
        ["PanelProtocols"] = ["Parallel", "Vote", "Consensus", "Delphi"],
    };

    private readonly List<Mutant> _found = [];
    private readonly string _file;
    private readonly SyntaxTree _tree;

    private MutantFinder(string file, SyntaxTree tree) => (_file, _tree) = (file, tree);

    public static IReadOnlyList<Mutant> In(string file, string text)
    {
        var finder = new MutantFinder(file, CSharpSyntaxTree.ParseText(text));
        finder.Visit(finder._tree.GetRoot());
        return [.. finder._found.DistinctBy(mutant => (mutant.Start, mutant.Original, mutant.Replacement))];
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        if (!node.IsKind(SyntaxKind.AddExpression) || !IsText(node))
            Operator(node.OperatorToken);
        if (node.IsKind(SyntaxKind.CoalesceExpression))
            Replace(node, node.Right.ToString());
        base.VisitBinaryExpression(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.AddAssignmentExpression))
            Replace(node, $"{node.Left} -= {node.Right}");
        if (node.Parent is InitializerExpressionSyntax list && list.Expressions.Count > 0)
            Remove(list.Expressions, node);
        base.VisitAssignmentExpression(node);
    }

    public override void VisitBinaryPattern(BinaryPatternSyntax node)
    {
        Operator(node.OperatorToken);
        base.VisitBinaryPattern(node);
    }

    public override void VisitRelationalPattern(RelationalPatternSyntax node)
    {
        Operator(node.OperatorToken);
        base.VisitRelationalPattern(node);
    }

    public override void VisitUnaryPattern(UnaryPatternSyntax node)
    {
        Replace(node, node.Pattern.ToString());
        base.VisitUnaryPattern(node);
    }

    public override void VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        if (node.Pattern is ConstantPatternSyntax constant)
            Replace(constant, $"not {constant}");
        base.VisitIsPatternExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.LogicalNotExpression) || node.IsKind(SyntaxKind.UnaryMinusExpression))
            Replace(node, node.Operand.ToString());
        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Replace(node.Condition, $"!({node.Condition})");
        base.VisitConditionalExpression(node);
    }

    public override void VisitWhenClause(WhenClauseSyntax node)
    {
        Replace(node, "");
        Replace(node.Condition, $"!({node.Condition})");
        base.VisitWhenClause(node);
    }

    public override void VisitSwitchExpressionArm(SwitchExpressionArmSyntax node)
    {
        if (node.Expression is not ThrowExpressionSyntax && node.Parent is SwitchExpressionSyntax all)
            Remove(all.Arms, node);
        base.VisitSwitchExpressionArm(node);
    }

    public override void VisitCollectionExpression(CollectionExpressionSyntax node)
    {
        if (node.Elements.Count > 1)
            foreach (var element in node.Elements)
                Remove(node.Elements, element);
        base.VisitCollectionExpression(node);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.TrueLiteralExpression))
            Replace(node, "false");
        else if (node.IsKind(SyntaxKind.FalseLiteralExpression))
            Replace(node, "true");
        else if (node.IsKind(SyntaxKind.NumericLiteralExpression) && node.Token.Value is int or double)
            Replace(node, $"({node} + 1)");
        else if (node.Token.Value is string { Length: > 0 } text && !text.Contains(' ', StringComparison.Ordinal))
            Replace(node, "\"mutated\"");
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        Replace(node, ";");
        base.VisitExpressionStatement(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        Replace(node, node.Else is null ? ";" : node.Else.Statement.ToString());
        Replace(node.Condition, $"!({node.Condition})");
        base.VisitIfStatement(node);
    }

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        Replace(node, ";");
        base.VisitForEachStatement(node);
    }

    public override void VisitWhereClause(WhereClauseSyntax node)
    {
        Replace(node, "");
        base.VisitWhereClause(node);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is MemberAccessExpressionSyntax call && _steps.Contains(call.Name.Identifier.Text))
            Replace(node, call.Expression.ToString());
        base.VisitInvocationExpression(node);
    }

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        var name = node.Name.Identifier.Text;
        foreach (var (one, other) in _twins.Where(twin => twin.One == name || twin.Other == name))
            Replace(node.Name, one == name ? other : one);
        if (_vocabularies.TryGetValue(node.Expression.ToString(), out var words) && Array.IndexOf(words, name) is >= 0 and var at)
            Replace(node.Name, words[(at + 1) % words.Length]);
        base.VisitMemberAccessExpression(node);
    }

    public override void VisitAttributeList(AttributeListSyntax node)
    {
        // Attributes say things to others.
    }

    public override void VisitUsingDirective(UsingDirectiveSyntax node)
    {
        // Nor do imports do anything.
    }

    private static bool IsText(SyntaxNode node) =>
        node.DescendantNodesAndSelf().Any(part => part is InterpolatedStringExpressionSyntax
            || part.IsKind(SyntaxKind.StringLiteralExpression));

    private void Operator(SyntaxToken token)
    {
        foreach (var other in _operators.GetValueOrDefault(token.Kind(), []))
            Add(token.SpanStart, token.Text, other);
    }

    /// <summary>Takes a part out of a list, with the comma that belongs to it.</summary>
    private void Remove<T>(SeparatedSyntaxList<T> list, T part)
        where T : SyntaxNode
    {
        var at = list.IndexOf(part);
        var (from, to) = at + 1 < list.Count ? (part.SpanStart, list[at + 1].SpanStart)
            : at > 0 ? (list[at - 1].Span.End, part.Span.End) : (part.SpanStart, part.Span.End);
        Add(from, _tree.GetText().ToString(new(from, to - from)), "");
    }

    private void Replace(SyntaxNode node, string replacement) => Add(node.SpanStart, node.ToString(), replacement);

    private void Add(int start, string original, string replacement)
    {
        var line = _tree.GetText().Lines.GetLineFromPosition(start);
        _found.Add(new(_file, line.LineNumber + 1, start, original, replacement, line.ToString().Trim()));
    }
}
