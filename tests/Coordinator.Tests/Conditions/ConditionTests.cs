using FashionSweep.Coordinator.Conditions;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Coordinator.Tests.Conditions;

public sealed class ConditionTests
{
    private static readonly Dictionary<string, ParameterValue> Trial = new()
    {
        ["optimizer"] = "adam",
        ["depth"] = 2L,
        ["dropout"] = 0.5,
        ["nesterov"] = false,
        ["hidden"] = new ParameterValue.List([128L, 64L]),
        ["validation_accuracy"] = 0.89,
        ["train_accuracy"] = 0.91,
    };

    private static readonly string[] Names = [.. Trial.Keys, "momentum"];

    [Theory]
    [InlineData("optimizer = adam and depth >= 2 and validation_accuracy > 0.88", true)]
    [InlineData("optimizer == 'adam'", true)]
    [InlineData("optimizer != \"adam\"", false)]
    [InlineData("depth = 2.0", true)]
    [InlineData("depth < 2", false)]
    [InlineData("depth <= 2", true)]
    [InlineData("depth > -1e3", true)]
    [InlineData("2 <= depth", true)]
    [InlineData("train_accuracy > validation_accuracy", true)]
    [InlineData("nesterov = false", true)]
    [InlineData("hidden = [128, 64]", true)]
    [InlineData("hidden in [[64], [128, 64]]", true)]
    [InlineData("optimizer in [sgd, adam]", true)]
    [InlineData("optimizer in []", false)]
    [InlineData("dropout not in [0, 0.2]", true)]
    [InlineData("not dropout in [0, 0.5]", false)]
    [InlineData("not (depth = 2 or depth = 3)", false)]
    public void ComparesAsItReads(string text, bool expected) => Condition.Parse(text, Names).Holds(Trial.GetValueOrDefault).ShouldBe(expected);

    [Theory]
    [InlineData("depth = 2 or depth = 3 and depth = 4", true)]
    [InlineData("(depth = 2 or depth = 3) and depth = 4", false)]
    [InlineData("not depth = 3 and depth = 2", true)]
    public void NotBindsBeforeAndBeforeOr(string text, bool expected) => Condition.Parse(text, Names).Holds(Trial.GetValueOrDefault).ShouldBe(expected);

    [Theory]
    [InlineData("momentum > 0")]
    [InlineData("momentum <= 0")]
    [InlineData("momentum != 0")]
    [InlineData("optimizer = 3")]
    [InlineData("optimizer > 3")]
    public void AValueThatIsMissingOrOfAnotherKindMatchesNothing(string text) => Condition.Parse(text, Names).Holds(Trial.GetValueOrDefault).ShouldBeFalse();

    [Theory]
    [InlineData("", 1, "ends too early")]
    [InlineData("dept >= 2", 1, "dept is no parameter and no metric: did you mean depth?")]
    [InlineData("depth >= 2 and validaton_accuracy > 0.8", 16, "did you mean validation_accuracy?")]
    [InlineData("zzzzzz = 1", 1, "there are optimizer, depth")]
    [InlineData("depth", 6, "a comparison is missing")]
    [InlineData("depth >=", 9, "ends too early")]
    [InlineData("depth >= adam", 10, "adam is no parameter")]
    [InlineData("depth >= 'adam'", 10, "adam is no number")]
    [InlineData("depth >= 1e", 10, "1e is no number")]
    [InlineData("depth >= 2 dropout > 1", 12, "dropout is left over")]
    [InlineData("(depth >= 2", 12, "ends too early: ) is missing")]
    [InlineData("depth in 3", 10, "in needs a list")]
    [InlineData("depth in '['", 10, "in needs a list")]
    [InlineData("depth in [1 2]", 13, "2 stands where , is expected")]
    [InlineData("depth in [[[1]]]", 12, "[ stands where a value is expected")]
    [InlineData("optimizer = 'adam", 13, "the quote is not closed")]
    [InlineData("depth & 3", 7, "& has no meaning here")]
    [InlineData("depth = and", 9, "and stands where a value is expected")]
    public void AFaultIsSaidWithItsColumn(string text, int column, string message)
    {
        var fault = Should.Throw<ConditionException>(() => Condition.Parse(text, Names));
        fault.Column.ShouldBe(column);
        fault.Message.ShouldStartWith($"column {column}: ");
        fault.Message.ShouldContain(message);
    }

    [Fact]
    public void TheMessagePointsAtThePlace() =>
        Should.Throw<ConditionException>(() => Condition.Parse("depth = 2 and dept = 3", Names)).Message.ShouldEndWith("\n  depth = 2 and dept = 3\n                ^");

    [Fact]
    public void NestingWithoutEndIsRefusedAndNotFollowed() =>
        Should.Throw<ConditionException>(() => Condition.Parse(new string('(', 100_000), Names)).Message.ShouldContain("nested deeper");

    [Fact]
    public void AnyTextIsAFilterOrAFault()
    {
        string[] pieces = ["depth", "adam", "optimizer", " ", "=", "!=", "<", "(", ")", "[", "]", ",", "and", "or", "not", "in", "2", "-", "1e5", "'", "x y", "é", "true"];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Gen.Elements(pieces).ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            try
            {
                Condition.Parse(text, Names).Holds(Trial.GetValueOrDefault);
            }
            catch (ConditionException)
            {
                // The one way in which a filter may fail.
            }
        }));
    }
}
