using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Intrinsics;
using Marrow.Numerics.Ode;
using Marrow.Numerics.Vectors;

namespace Marrow.Networks.Compilation;

/// <summary>How many of the eight lanes one call of generated code works on.</summary>
internal enum LaneWidth
{
    One = 1,
    Four = 4,
    Eight = 8,
}

/// <summary>How one width says the operations of kernels, as expression trees. The widths differ in nothing else, so the same
/// operations in the same order give the same bits.</summary>
internal abstract class LaneCode
{
    // A run needs one width of vectors at most; a single trajectory needs none, and looking up their operations takes longer than following it.
    private static readonly Lazy<LaneCode> EightLanes = new(() => new VectorCode(typeof(Vector512), typeof(Vector512<double>), 512));
    private static readonly Lazy<LaneCode> FourLanes = new(() => new VectorCode(typeof(Vector256), typeof(Vector256<double>), 256));
    private static readonly LaneCode OneLane = new ScalarCode(LaneLayout.Lanes);

    /// <summary>The code of a width.</summary>
    public static LaneCode Of(LaneWidth width) => width switch
    {
        LaneWidth.Eight => EightLanes.Value,
        LaneWidth.Four => FourLanes.Value,
        _ => OneLane,
    };

    /// <summary>Plain arrays: the value of place v is double v.</summary>
    public static LaneCode Plain { get; } = new ScalarCode(1);

    /// <summary>Type of a value.</summary>
    public abstract Type Type { get; }

    /// <summary>Type of a condition: a mask, or a truth value.</summary>
    public abstract Type ConditionType { get; }

    public abstract Expression Constant(double value);

    public abstract Expression Load(ParameterExpression block, int place);

    public abstract Expression Store(Expression value, ParameterExpression block, int place);

    /// <summary>a b + c, rounded once.</summary>
    public abstract Expression Fma(Expression a, Expression b, Expression c);

    public abstract Expression Less(Expression a, Expression b);

    public abstract Expression LessOrEqual(Expression a, Expression b);

    public abstract Expression Equal(Expression a, Expression b);

    public abstract Expression Select(Expression condition, Expression a, Expression b);

    /// <summary>A stored mask as a condition.</summary>
    public abstract Expression Mask(Expression stored);

    /// <summary>sqrt, abs, floor or ceiling.</summary>
    public abstract Expression Elementary(NodeKind kind, Expression x);

    public abstract Expression True { get; }

    public static Expression Not(Expression condition) => Expression.Not(condition);

    /// <summary>c - a b, rounded once.</summary>
    public Expression NegatedFma(Expression a, Expression b, Expression c) => Fma(Expression.Negate(a), b, c);

    /// <summary>A function of <see cref="VectorMath"/>.</summary>
    public static Expression Function(string name, params Expression[] arguments) =>
      Expression.Call(typeof(VectorMath).GetMethod(name, [.. arguments.Select(a => a.Type)])!, arguments);

    private sealed class VectorCode(Type functions, Type type, int bits) : LaneCode
    {
        private readonly MethodInfo _load = Memory($"Load{bits}"), _store = Memory($"Store{bits}");
        private readonly MethodInfo _create = functions.GetMethod("Create", [typeof(double)])!;
        private readonly MethodInfo _fma = functions.GetMethod("FusedMultiplyAdd", [type, type, type])!;
        private readonly MethodInfo _less = Generic(functions, "LessThan"), _lessOrEqual = Generic(functions, "LessThanOrEqual");
        private readonly MethodInfo _equal = Generic(functions, "Equals"), _select = Generic(functions, "ConditionalSelect");
        private readonly MethodInfo _sqrt = Generic(functions, "Sqrt"), _abs = Generic(functions, "Abs");
        private readonly MethodInfo _floor = functions.GetMethod("Floor", [type])!, _ceiling = functions.GetMethod("Ceiling", [type])!;

        public override Type Type => type;

        public override Type ConditionType => type;

        public override Expression True => Equal(Expression.Default(type), Expression.Default(type));

        public override Expression Constant(double value) =>
          BitConverter.DoubleToInt64Bits(value) == 0 ? Expression.Default(type) : Expression.Call(_create, Expression.Constant(value));

        public override Expression Load(ParameterExpression block, int place) => Expression.Call(_load, block, Expression.Constant(place));

        public override Expression Store(Expression value, ParameterExpression block, int place) =>
          Expression.Call(_store, value, block, Expression.Constant(place));

        public override Expression Fma(Expression a, Expression b, Expression c) => Expression.Call(_fma, a, b, c);

        public override Expression Less(Expression a, Expression b) => Expression.Call(_less, a, b);

        public override Expression LessOrEqual(Expression a, Expression b) => Expression.Call(_lessOrEqual, a, b);

        public override Expression Equal(Expression a, Expression b) => Expression.Call(_equal, a, b);

        public override Expression Select(Expression condition, Expression a, Expression b) => Expression.Call(_select, condition, a, b);

        public override Expression Mask(Expression stored) => stored;

        public override Expression Elementary(NodeKind kind, Expression x) => Expression.Call(
          kind switch { NodeKind.Sqrt => _sqrt, NodeKind.Abs => _abs, NodeKind.Floor => _floor, _ => _ceiling }, x);

        private static MethodInfo Generic(Type functions, string name) =>
          functions.GetMember(name).OfType<MethodInfo>().Single(m => m.IsGenericMethodDefinition).MakeGenericMethod(typeof(double));
    }

    private sealed class ScalarCode(int stride) : LaneCode
    {
        private static readonly MethodInfo LoadOne = Memory("Load"), StoreOne = Memory("Store"), IsSet = Memory("IsSet");
        private static readonly Type[] Doubles = [typeof(double)];

        public override Type Type => typeof(double);

        public override Type ConditionType => typeof(bool);

        public override Expression True => Expression.Constant(true);

        public override Expression Constant(double value) => Expression.Constant(value);

        public override Expression Load(ParameterExpression block, int place) =>
          Expression.Call(LoadOne, block, Expression.Constant(place * stride));

        public override Expression Store(Expression value, ParameterExpression block, int place) =>
          Expression.Call(StoreOne, value, block, Expression.Constant(place * stride));

        public override Expression Fma(Expression a, Expression b, Expression c) =>
          Expression.Call(typeof(Math).GetMethod(nameof(Math.FusedMultiplyAdd))!, a, b, c);

        public override Expression Less(Expression a, Expression b) => Expression.LessThan(a, b);

        public override Expression LessOrEqual(Expression a, Expression b) => Expression.LessThanOrEqual(a, b);

        public override Expression Equal(Expression a, Expression b) => Expression.Equal(a, b);

        public override Expression Select(Expression condition, Expression a, Expression b) => Expression.Condition(condition, a, b);

        public override Expression Mask(Expression stored) => Expression.Call(IsSet, stored);

        public override Expression Elementary(NodeKind kind, Expression x) =>
          Expression.Call(typeof(Math).GetMethod(kind.ToString(), Doubles)!, x);
    }

    private static MethodInfo Memory(string name) => typeof(KernelMemory).GetMethod(name)!;
}
