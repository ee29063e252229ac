namespace Marrow.Networks.Structure;

/// <summary>Walks over the nodes of an expression.</summary>
public static class ExpressionWalk
{
    /// <summary>The arguments of an operator or call; empty for numbers, names and time.</summary>
    public static IReadOnlyList<Expression> Children(Expression expression) => expression switch
    {
        ApplyExpression a => a.Arguments,
        CallExpression c => c.Arguments,
        _ => [],
    };

    /// <summary>The expression and all its sub-expressions, outside first.</summary>
    public static IEnumerable<Expression> Nodes(Expression expression)
    {
        var open = new Stack<Expression>([expression]);
        while (open.TryPop(out var node))
        {
            yield return node;
            var children = Children(node);
            for (var i = children.Count - 1; i >= 0; i--) open.Push(children[i]);
        }
    }

    /// <summary>The same expression with other names.</summary>
    public static Expression Rename(Expression expression, Func<NameExpression, string> newName) => expression switch
    {
        NameExpression n => n with { Name = newName(n) },
        ApplyExpression a => a with { Arguments = [.. a.Arguments.Select(x => Rename(x, newName))] },
        CallExpression c => c with { Arguments = [.. c.Arguments.Select(x => Rename(x, newName))] },
        _ => expression,
    };

    /// <summary>The same expression with formulas in place of names.</summary>
    public static Expression Replace(Expression expression, IReadOnlyDictionary<string, Expression> formulas) => expression switch
    {
        NameExpression n => formulas.GetValueOrDefault(n.Name, n),
        ApplyExpression a => a with { Arguments = [.. a.Arguments.Select(x => Replace(x, formulas))] },
        CallExpression c => c with { Arguments = [.. c.Arguments.Select(x => Replace(x, formulas))] },
        _ => expression,
    };
}
