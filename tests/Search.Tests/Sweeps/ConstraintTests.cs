using FashionSweep.Search.Space;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class ConstraintTests
{
    [Fact]
    public void AGridHasOnlyWhatTheConstraintsAdmit()
    {
        var spec = SweepText.Read(
            "method: grid\nparameters:\n  depth: [1, 2, 3]\n  width: [64, 128]\n  epochs: [1, 2]\nconstraints:\n  - depth * width <= 192\n"
                + "  - depth > 1 or width = 64");
        var grid = GridSpace.Of(spec.Space)!;
        Enumerable.Range(0, (int)grid.Size).Select(index => grid.At(index).ToString()).ShouldBe(
        [
            "depth=1, epochs=1, width=64", "depth=1, epochs=2, width=64", "depth=2, epochs=1, width=64", "depth=2, epochs=2, width=64",
            "depth=3, epochs=1, width=64", "depth=3, epochs=2, width=64",
        ]);
        spec.Space.Constraints.Select(constraint => constraint.ToString()).ShouldBe(["depth * width <= 192", "depth > 1 or width = 64"]);
    }

    [Theory]
    [InlineData("depth > 1", "6:14: constraints is depth > 1, must be a list of conditions, as [\"depth * width <= 512\"]")]
    [InlineData("[{depth: 2}]", "6:15: a constraint is a mapping, must be a condition, as \"depth * width <= 512\"")]
    [InlineData("[dept > 1]", "6:15: constraint: dept is no known name: did you mean depth? (column 1 of \"dept > 1\")")]
    [InlineData("[depth]", "6:15: constraint: a comparison is missing: one of = != < <= > >= in (column 6 of \"depth\")")]
    [InlineData(
        "[depth * width <= 100, depth * width < 64]",
        "6:37: no trial satisfies the constraint \"depth * width < 64\": the closest is depth=1, width=64, where it says 64 < 64")]
    [InlineData(
        "[depth = 3, width = 64, depth + width > 100]",
        "6:38: no trial satisfies the constraint \"depth + width > 100\" together with those above it: the closest is depth=3, width=64, "
            + "where it says 67 > 100")]
    [InlineData("[depth = 4]", "6:15: no trial satisfies the constraint \"depth = 4\": depth is 1 or 2 or 3 in this sweep")]
    [InlineData("[flip > 0]", "6:15: no trial satisfies the constraint \"flip > 0\": flip is 0, as this sweep doesn't set it")]
    [InlineData(
        "[dropout > 0.6]",
        "6:15: none of 20,000 points looked at satisfies the constraint \"dropout > 0.6\": dropout is 0.1 to 0.5 in this sweep")]
    [InlineData(
        "[depth / (width - width) > 1]",
        "6:15: no trial satisfies the constraint \"depth / (width - width) > 1\": depth is 1 or 2 or 3 in this sweep, width is 64 or 128 in this sweep")]
    public void AFaultOfAConstraintSaysWhereAndWhy(string constraints, string fault)
    {
        var dropout = constraints.Contains("dropout", StringComparison.Ordinal) ? "{min: 0.1, max: 0.5}" : "0.1";
        var faults = SweepText.Faults(
            $"method: random\nparameters:\n  depth: [1, 2, 3]\n  width: [64, 128]\n  dropout: {dropout}\nconstraints: {constraints}\nrun_cap: 3");
        faults.ShouldBe([fault]);
    }

    [Fact]
    public void AConstraintOverContinuousRangesIsFoundToBePossible() =>
        SweepText.Faults(
            "method: random\nrun_cap: 3\nparameters:\n  dropout: {min: 0.0, max: 0.5}\n  flip: {min: 0.0, max: 0.5}\nconstraints: [dropout + flip > 0.98]")
            .ShouldBeEmpty();

    [Fact]
    public void ConstraintsKeepBrokenCombinationsAway() =>
        SweepText.Faults(
            "method: grid\nparameters:\n  optimizer: sgd\n  momentum: [0, 0.9]\n  nesterov: [true, false]\nconstraints: [not nesterov or momentum > 0]")
            .ShouldBeEmpty();

    [Fact]
    public void ARuleThatIsBrokenWithManyNumbersIsToldThreeTimes() =>
        SweepText.Faults(
            "method: random\nrun_cap: 3\nparameters:\n  depth: {min: 1, max: 60}\n  freeze: {min: 1, max: 900}\nconstraints: [depth + freeze > 0]")
            .Count.ShouldBe(3);

    [Fact]
    public void AGridBeyondCountingIsRefused() =>
        SweepText.Faults(
            "method: grid\nrun_cap: 3\nparameters:\n  depth: {min: 0, max: 64}\n  width: {min: 1, max: 65536}\n  epochs: {min: 1, max: 10000}\n"
                + "constraints: [depth * width * epochs > 0]")
            .ShouldBe(["3:1: the grid has too many combinations under conditions and constraints to count: give these parameters fewer values"]);

    [Fact]
    public void MoreConstraintsThanAnyoneWritesAreRefused() =>
        SweepText.Faults($"method: grid\nparameters: {{depth: [1, 2]}}\nconstraints: [{string.Join(", ", Enumerable.Repeat("depth > 0", 101))}]")
            .ShouldBe(["3:14: constraints has 101 items, must have at most 100"]);
}
