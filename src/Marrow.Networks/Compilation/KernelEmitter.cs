using System.Linq.Expressions;
using System.Reflection.Emit;
using Marrow.Numerics.Ode;

namespace Marrow.Networks.Compilation;

/// <summary>A piece of a kernel as assignments and stores.</summary>
/// <param name="Blocks">The memory blocks, in the order of <see cref="LaneKernel"/>.</param>
/// <param name="Variables">Variables of the body.</param>
/// <param name="Body">Statements in order.</param>
internal sealed record KernelTree(ParameterExpression[] Blocks, ParameterExpression[] Variables, Expression[] Body);

/// <summary>Turns the tree of a kernel into machine code by way of a dynamic method. Nearly all the time of a compilation is the run-time
/// compiler's, and most of that would go into inlining accesses to memory: so they are written as addresses, not as calls.</summary>
/// <remarks>It knows the forms that <see cref="LaneCode"/> and the writers use, and no others.</remarks>
internal sealed class KernelEmitter
{
    private static readonly Type[] Signature = [.. typeof(LaneKernel).GetMethod(nameof(LaneKernel.Invoke))!.GetParameters().Select(p => p.ParameterType)];

    private readonly ILGenerator _il;
    private readonly Dictionary<ParameterExpression, LocalBuilder> _locals = [];
    private readonly ParameterExpression[] _blocks;

    private KernelEmitter(ILGenerator il, ParameterExpression[] blocks) => (_il, _blocks) = (il, blocks);

    /// <summary>Compiles pieces, several at a time; they are in machine code when this returns.</summary>
    public static LaneKernel[] Compile(KernelTree[] pieces)
    {
        var kernels = new LaneKernel[pieces.Length];
        if (pieces.Length > 1) Parallel.For(0, pieces.Length, i => kernels[i] = Compile(pieces[i]));
        else if (pieces.Length == 1) kernels[0] = Compile(pieces[0]);
        return kernels;
    }

    private static LaneKernel Compile(KernelTree tree)
    {
        var method = new DynamicMethod("kernel", typeof(void), Signature, typeof(KernelEmitter).Module, skipVisibility: true);
        var emitter = new KernelEmitter(method.GetILGenerator(), tree.Blocks);
        foreach (var variable in tree.Variables) emitter._locals[variable] = emitter._il.DeclareLocal(variable.Type);
        foreach (var statement in tree.Body) emitter.Emit(statement);
        emitter._il.Emit(OpCodes.Ret);
        return method.CreateDelegate<LaneKernel>();
    }

    private void Emit(Expression e)
    {
        switch (e)
        {
            case ParameterExpression variable: _il.Emit(OpCodes.Ldloc, _locals[variable]); break;
            case ConstantExpression constant: Constant(constant.Value!); break;
            case DefaultExpression zero: Zero(zero.Type); break;
            case UnaryExpression unary: Unary(unary); break;
            case BinaryExpression { NodeType: ExpressionType.Assign } assign:
                Emit(assign.Right);
                _il.Emit(OpCodes.Stloc, _locals[(ParameterExpression)assign.Left]);
                break;
            case BinaryExpression binary: Binary(binary); break;
            case ConditionalExpression choice: Choice(choice); break;
            case MethodCallExpression call when call.Method.DeclaringType == typeof(KernelMemory): Memory(call); break;
            case MethodCallExpression call:
                foreach (var argument in call.Arguments) Emit(argument);
                _il.Emit(OpCodes.Call, call.Method);
                break;
            default: throw Unknown(e);
        }
    }

    private void Constant(object value)
    {
        if (value is double number) _il.Emit(OpCodes.Ldc_R8, number);
        else _il.Emit(OpCodes.Ldc_I4, Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Zero(Type type) => _il.Emit(OpCodes.Call, type.GetProperty("Zero")!.GetMethod!);

    private void Unary(UnaryExpression e)
    {
        Emit(e.Operand);
        if (e.Method is not null) _il.Emit(OpCodes.Call, e.Method);
        else if (e.NodeType == ExpressionType.Negate) _il.Emit(OpCodes.Neg);
        else if (e.NodeType == ExpressionType.Not) Negate();
        else throw Unknown(e);
    }

    private void Negate()
    {
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Ceq);
    }

    private void Binary(BinaryExpression e)
    {
        Emit(e.Left);
        Emit(e.Right);
        if (e.Method is not null)
        {
            _il.Emit(OpCodes.Call, e.Method);
            return;
        }
        _il.Emit(e.NodeType switch
        {
            ExpressionType.Add => OpCodes.Add,
            ExpressionType.Subtract => OpCodes.Sub,
            ExpressionType.Multiply => OpCodes.Mul,
            ExpressionType.Divide => OpCodes.Div,
            ExpressionType.And => OpCodes.And,
            ExpressionType.Or => OpCodes.Or,
            ExpressionType.Equal => OpCodes.Ceq,
            ExpressionType.LessThan => OpCodes.Clt,
            // Not greater, and comparable: NaN is not at most anything.
            ExpressionType.LessThanOrEqual => OpCodes.Cgt_Un,
            _ => throw Unknown(e),
        });
        if (e.NodeType == ExpressionType.LessThanOrEqual) Negate();
    }

    private void Choice(ConditionalExpression e)
    {
        Label otherwise = _il.DefineLabel(), end = _il.DefineLabel();
        Emit(e.Test);
        _il.Emit(OpCodes.Brfalse, otherwise);
        Emit(e.IfTrue);
        _il.Emit(OpCodes.Br, end);
        _il.MarkLabel(otherwise);
        Emit(e.IfFalse);
        _il.MarkLabel(end);
    }

    /// <summary>Load(block, place) or Store(value, block, place) as an address and one instruction.</summary>
    private void Memory(MethodCallExpression call)
    {
        var arguments = call.Arguments;
        if (call.Method.Name == nameof(KernelMemory.IsSet))
        {
            Emit(arguments[0]);
            _il.Emit(OpCodes.Call, call.Method);
            return;
        }
        var isStore = arguments.Count == 3;
        var value = isStore ? arguments[0] : null;
        var type = value?.Type ?? call.Type;
        var place = (int)((ConstantExpression)arguments[^1]).Value!;
        var block = Array.IndexOf(_blocks, (ParameterExpression)arguments[^2]);
        // A vector's place counts whole vectors of eight lanes, a number's counts numbers.
        var offset = sizeof(double) * (type == typeof(double) ? place : place * LaneLayout.Lanes);
        _il.Emit(OpCodes.Ldarg, (short)block);
        if (offset != 0)
        {
            _il.Emit(OpCodes.Ldc_I4, offset);
            _il.Emit(OpCodes.Add);
        }
        if (value is not null) Emit(value);
        if (type != typeof(double)) _il.Emit(OpCodes.Unaligned, (byte)1);
        _il.Emit(isStore ? OpCodes.Stobj : OpCodes.Ldobj, type);
    }

    private static InvalidOperationException Unknown(Expression e) => new($"{e.NodeType} is no part of a kernel.");
}
