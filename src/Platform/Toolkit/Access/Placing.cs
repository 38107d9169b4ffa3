using System.Linq.Expressions;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Scopes;

namespace Anlan.Toolkit.Access;

/// <summary>Rows of an enterprise at a place: <see cref="PlacedRows.Within"/> restricts them to a scope in the database.</summary>
/// <typeparam name="TSelf">The entity itself.</typeparam>
public interface IPlaced<TSelf> where TSelf : class, IPlaced<TSelf>
{
    /// <summary>Which columns say where and whose; the mapping has an index over each.</summary>
    static abstract Placing<TSelf> Placing { get; }
}

/// <summary>Where a row lies and whose it is.</summary>
/// <typeparam name="TRow">The entity.</typeparam>
public sealed class Placing<TRow> where TRow : class
{
    private readonly LambdaExpression _place;
    private readonly LambdaExpression _enterprise;
    private readonly Func<IEnumerable<Guid>, Expression> _list;

    private Placing(LambdaExpression place, LambdaExpression enterprise, Func<IEnumerable<Guid>, Expression> list) => (_place, _enterprise, _list) = (place, enterprise, list);

    /// <summary>Rows that always have an enterprise.</summary>
    public static Placing<TRow> By<TId>(Expression<Func<TRow, DivisionCode?>> place, Expression<Func<TRow, TId>> enterprise) where TId : struct, ITypedId<TId> =>
        new(place, enterprise, ids => Parameter(ids.Select(TId.From).ToList()));

    /// <summary>Rows that may lack an enterprise.</summary>
    public static Placing<TRow> ByOptional<TId>(Expression<Func<TRow, DivisionCode?>> place, Expression<Func<TRow, TId?>> enterprise) where TId : struct, ITypedId<TId> =>
        new(place, enterprise, ids => Parameter(ids.Select(id => (TId?)TId.From(id)).ToList()));

    /// <summary>
    /// The condition for a scope, in a form that a database answers from an index: ranges over the division, lists of enterprises. Every
    /// value is a parameter, so that a thousand organs share a handful of prepared statements.
    /// </summary>
    internal Expression<Func<TRow, bool>> Within(Scope scope)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        return Expression.Lambda<Func<TRow, bool>>(Condition(scope, Column(_place, row), Column(_enterprise, row)), row);
    }

    private Expression Condition(Scope scope, Expression place, Expression enterprise)
    {
        if (scope.IsEverything) return Expression.Constant(true);
        if (scope.Enterprise is { } own) return IsOneOf(enterprise, [own]);
        var inside = scope.Divisions.Select(range => Lies(place, range)).DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse);
        if (scope.Divisions.Count > 0 && scope.Exceptions.Count > 0) inside = Expression.AndAlso(inside, Expression.Not(IsOneOf(enterprise, scope.Exceptions)));
        return scope.Enterprises.Count > 0 ? Expression.OrElse(inside, IsOneOf(enterprise, scope.Enterprises)) : inside;
    }

    private static Expression Lies(Expression place, DivisionRange range)
    {
        var from = Expression.Convert(Parameter(range.From), place.Type);
        return range.IsOne ? Expression.Equal(place, from) : Expression.AndAlso(Expression.GreaterThanOrEqual(place, from), Expression.LessThan(place, Expression.Convert(Parameter(range.Before), place.Type)));
    }

    private Expression IsOneOf(Expression enterprise, IEnumerable<Guid> ids) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [enterprise.Type], _list(ids), enterprise);

    // A conversion to a nullable type would hide the column from the translation.
    private static Expression Column(LambdaExpression chosen, ParameterExpression row)
    {
        var body = chosen.Body is UnaryExpression { NodeType: ExpressionType.Convert } conversion ? conversion.Operand : chosen.Body;
        return new Replacing(chosen.Parameters[0], row).Visit(body);
    }

    private static MemberExpression Parameter<TValue>(TValue value) => Expression.Property(Expression.Constant(new Box<TValue>(value)), nameof(Box<TValue>.Value));

    private sealed record Box<TValue>(TValue Value);

    private sealed class Replacing(ParameterExpression old, ParameterExpression row) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == old ? row : node;
    }
}

/// <summary>Restricts rows to a scope.</summary>
public static class PlacedRows
{
    /// <summary>Only the rows that lie in the scope.</summary>
    public static IQueryable<TRow> Within<TRow>(this IQueryable<TRow> rows, Scope scope) where TRow : class, IPlaced<TRow> => scope.IsEverything ? rows : rows.Where(TRow.Placing.Within(scope));
}
