using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Conditions;

/// <summary>Made-up conditions, printed with as few parentheses as they need, beside what they are worth by themselves.</summary>
public sealed class ConditionReferenceTests
{
    private static readonly Dictionary<string, double> Values = new() { ["depth"] = 2, ["width"] = 3, ["dropout"] = 0.5 };

    private static readonly string[] Names = [.. Values.Keys, "momentum"];

    // How close each form binds: a part that binds less than its place asks for goes into parentheses.
    private enum Binding
    {
        Or,
        And,
        Not,
        Comparison,
        Sum,
        Product,
        Sign,
        Operand,
    }

    private static Gen<Number> Leaves => Gen.OneOf(
        Gen.Choose(0, 5).Select(value => new Number($"{value}", Binding.Operand, value)),
        Gen.Elements(Names).Select(name => new Number(name, Binding.Operand, Values.TryGetValue(name, out var value) ? value : null)));

    private static Gen<Test> Comparisons => Gen.OneOf(
        from left in Numbers(2)
        from right in Numbers(2)
        from sign in Gen.Elements("=", "!=", "<", "<=", ">", ">=")
        select new Test($"{left.At(Binding.Sum)} {sign} {right.At(Binding.Sum)}", Binding.Comparison, Holds(left.Value, sign, right.Value)),
        from first in Numbers(1)
        from second in Numbers(1)
        from third in Numbers(1)
        select new Test(
            $"{first.At(Binding.Sum)} <= {second.At(Binding.Sum)} < {third.At(Binding.Sum)}", Binding.Comparison,
            Holds(first.Value, "<=", second.Value) && Holds(second.Value, "<", third.Value)),
        Numbers(2).Select(left => new Test($"{left.At(Binding.Sum)} in [0.5, 2, -1]", Binding.Comparison, left.Value is 0.5 or 2 or -1)));

    [Fact]
    public void AConditionHoldsWhereItsReferenceDoes() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(10_000), Prop.ForAll(Tests(3).ToArbitrary(), test =>
        Engine.Parse(test.Text, Names).Holds(ValueOf).ShouldBe(test.Value, test.Text)));

    private static ParameterValue? ValueOf(string name) => Values.TryGetValue(name, out var value) ? double.IsInteger(value) ? (long)value : value : null;

    private static Gen<Number> Numbers(int depth) => depth == 0 ? Leaves : Gen.OneOf(
        Leaves,
        from left in Numbers(depth - 1)
        from right in Numbers(depth - 1)
        from sign in Gen.Elements('+', '-', '*', '/', '%')
        select Calculated(left, sign, right),
        Numbers(depth - 1).Select(of => new Number("-" + of.At(Binding.Sign), Binding.Sign, -of.Value)),
        from one in Numbers(depth - 1)
        from other in Numbers(depth - 1)
        select new Number(
            $"max({one.At(Binding.Sum)}, {other.At(Binding.Sum)})", Binding.Operand, one.Value is { } a && other.Value is { } b ? Math.Max(a, b) : null));

    private static Gen<Test> Tests(int depth) => depth == 0 ? Comparisons : Gen.OneOf(
        Comparisons,
        Tests(depth - 1).Select(of => new Test("not " + of.At(Binding.Not), Binding.Not, !of.Value)),
        from left in Tests(depth - 1)
        from right in Tests(depth - 1)
        select new Test($"{left.At(Binding.And)} and {right.At(Binding.Not)}", Binding.And, left.Value && right.Value),
        from left in Tests(depth - 1)
        from right in Tests(depth - 1)
        select new Test($"{left.At(Binding.Or)} or {right.At(Binding.And)}", Binding.Or, left.Value || right.Value));

    private static Number Calculated(Number left, char sign, Number right)
    {
        var (own, next) = sign is '+' or '-' ? (Binding.Sum, Binding.Product) : (Binding.Product, Binding.Sign);
        double? value = sign switch
        {
            '+' => left.Value + right.Value,
            '-' => left.Value - right.Value,
            '*' => left.Value * right.Value,
            '/' => left.Value / right.Value,
            _ => left.Value - (right.Value * (left.Value / right.Value is { } ratio ? Math.Floor(ratio) : null)),
        };
        return new Number($"{left.At(own)} {sign} {right.At(next)}", own, value is { } known && double.IsFinite(known) ? known : null);
    }

    private static bool Holds(double? left, string sign, double? right) => left is { } one && right is { } other && sign switch
    {
        "=" => one == other,
        "!=" => one != other,
        "<" => one < other,
        "<=" => one <= other,
        ">" => one > other,
        _ => one >= other,
    };

    private sealed record Number(string Text, Binding Binding, double? Value)
    {
        public string At(Binding place) => Binding < place ? $"({Text})" : Text;
    }

    private sealed record Test(string Text, Binding Binding, bool Value)
    {
        public string At(Binding place) => Binding < place ? $"({Text})" : Text;
    }
}
