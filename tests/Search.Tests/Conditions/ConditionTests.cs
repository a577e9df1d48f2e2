using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Conditions;

public sealed class ConditionTests
{
    private static readonly Dictionary<string, ParameterValue> Trial = new()
    {
        ["optimizer"] = "adam",
        ["depth"] = 2L,
        ["dropout"] = 0.5,
        ["nesterov"] = false,
        ["hidden"] = new ParameterValue.List([128L, 64L]),
        ["width"] = 128L,
        ["seed"] = long.MaxValue,
        ["early_stopping"] = "validation_loss",
        ["state"] = "completed",
        ["validation_loss"] = double.NaN,
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
    [InlineData("depth * width <= 256", true)]
    [InlineData("depth * width<256", false)]
    [InlineData("(depth + 1) * 2 = 6", true)]
    [InlineData("depth -1 = 1", true)]
    [InlineData("depth - -1 = 3", true)]
    [InlineData("+depth = 2", true)]
    [InlineData("width / 3 > 42.6", true)]
    [InlineData("width % 48 = 32", true)]
    [InlineData("-width % 48 = 16", true)]
    [InlineData("-2 ** 2 = -4", true)]
    [InlineData("2 ** 3 ** 2 = 512", true)]
    [InlineData("2 ** -1 = 0.5", true)]
    [InlineData("log2(width) % 1 = 0", true)]
    [InlineData("sum(hidden) <= 192", true)]
    [InlineData("len(hidden) = 2", true)]
    [InlineData("min(hidden) = 64 and max(hidden) = width", true)]
    [InlineData("max(depth, 3, width) = 128", true)]
    [InlineData("abs(depth - 5) = 3", true)]
    [InlineData("1 <= depth <= 3", true)]
    [InlineData("1 <= depth < 2", false)]
    [InlineData("not nesterov", true)]
    [InlineData("nesterov or depth = 2", true)]
    [InlineData("nesterov = (depth > 2)", true)]
    [InlineData("state = completed", true)]
    [InlineData("early_stopping = validation_loss", true)]
    [InlineData("dropout in [-0.5, 0.5]", true)]
    [InlineData("seed = 9223372036854775806", false)]
    [InlineData("seed > 9223372036854775806", true)]
    public void ComparesAsItReads(string text, bool expected) => Engine.Parse(text, Names).Holds(Trial.GetValueOrDefault).ShouldBe(expected);

    [Theory]
    [InlineData("depth = 2 or depth = 3 and depth = 4", true)]
    [InlineData("(depth = 2 or depth = 3) and depth = 4", false)]
    [InlineData("not depth = 3 and depth = 2", true)]
    public void NotBindsBeforeAndBeforeOr(string text, bool expected) => Engine.Parse(text, Names).Holds(Trial.GetValueOrDefault).ShouldBe(expected);

    [Theory]
    [InlineData("momentum > 0")]
    [InlineData("momentum <= 0")]
    [InlineData("momentum != 0")]
    [InlineData("momentum not in [0]")]
    [InlineData("momentum + 1 > 0")]
    [InlineData("state > 3")]
    [InlineData("state = 3")]
    [InlineData("state + 1 > 0")]
    [InlineData("validation_loss = validation_loss")]
    [InlineData("depth / 0 > 1")]
    [InlineData("depth / 0 <= 1")]
    [InlineData("depth % 0 = 0")]
    [InlineData("10.0 ** 400 > 1")]
    [InlineData("10.0 ** 400 <= 1")]
    [InlineData("log2(0) < 0")]
    [InlineData("(-8) ** 0.5 = 0")]
    [InlineData("max(hidden) / (depth - 2) > 0")]
    public void AValueThatIsMissingOrOfAnotherKindMatchesNothing(string text) => Engine.Parse(text, Names).Holds(Trial.GetValueOrDefault).ShouldBeFalse();

    [Theory]
    [InlineData("", 1, "ends too early")]
    [InlineData("dept >= 2", 1, "dept is no known name: did you mean depth?")]
    [InlineData("depth >= 2 and validaton_accuracy > 0.8", 16, "did you mean validation_accuracy?")]
    [InlineData("zzzzzz = 1", 1, "there are optimizer, depth")]
    [InlineData("depth", 6, "a comparison is missing")]
    [InlineData("depth >=", 9, "ends too early")]
    [InlineData("depth >= adam", 10, "adam is no known name")]
    [InlineData("depth >= 'adam'", 10, "'adam' is a text, and >= needs numbers")]
    [InlineData("optimizer < 3", 1, "optimizer is a text, and < needs numbers: compare it with =, != or in")]
    [InlineData("depth + optimizer > 3", 9, "optimizer is a text, and + needs numbers")]
    [InlineData("hidden * 2 > 3", 1, "hidden is a list, and * needs numbers")]
    [InlineData("optimizer = 3", 13, "optimizer is a text, and this is a number: they are never equal")]
    [InlineData("depth = width = [1]", 17, "width is a number, and this is a list")]
    [InlineData("depth = dept", 9, "dept is no known name: did you mean depth?")]
    [InlineData("depth in [1, two]", 14, "depth is a number, and this is a text")]
    [InlineData("optimizer = adm", 13, "optimizer is never adm: did you mean adam?")]
    [InlineData("optimizer in [adam, 'sdg']", 21, "optimizer is never sdg: did you mean sgd?")]
    [InlineData("optimizer != zzz", 14, "optimizer is never zzz: it is one of sgd, momentum, nesterov, adam")]
    [InlineData("adam = optimizer", 1, "adam is no known name")]
    [InlineData("depth and width > 2", 6, "a comparison is missing")]
    [InlineData("depth > 2 and (width)", 22, "a comparison is missing")]
    [InlineData("(depth > 2) + 1 > 2", 1, "(depth > 2) is true or false, and + needs numbers")]
    [InlineData("sun(hidden) > 2", 1, "sun is no function; did you mean \"sum\"?")]
    [InlineData("len(depth) > 2", 1, "len is called as len(list)")]
    [InlineData("abs(1, 2) > 2", 1, "abs is called as abs(a)")]
    [InlineData("min() > 2", 1, "min is called as min(a, b) or min(list)")]
    [InlineData("2 + not nesterov", 5, "not stands where a value is expected")]
    [InlineData("nesterov && depth > 1", 10, "& has no meaning here: write and")]
    [InlineData("depth = 1e999", 9, "1e999 is no number")]
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
        var fault = Should.Throw<ConditionException>(() => Engine.Parse(text, Names));
        fault.Column.ShouldBe(column);
        fault.Message.ShouldStartWith($"column {column}: ");
        fault.Message.ShouldContain(message);
    }

    [Fact]
    public void TheMessagePointsAtThePlace() =>
        Should.Throw<ConditionException>(() => Engine.Parse("depth = 2 and dept = 3", Names)).Message
            .ShouldEndWith("\n  depth = 2 and dept = 3\n                ^");

    [Fact]
    public void TheTextIsKept() => Engine.Parse("depth  = 2", Names).ToString().ShouldBe("depth  = 2");

    [Fact]
    public void ATextWithoutEndIsRefusedAndNotRead() =>
        Should.Throw<ConditionException>(() => Engine.Parse(new string('(', 100_000), Names)).Message
            .ShouldContain("100000 letters long, must be at most 4000");

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("-")]
    [InlineData("2**")]
    [InlineData("abs(")]
    public void NestingWithoutEndIsRefusedAndNotFollowed(string opening) =>
        Should.Throw<ConditionException>(() => Engine.Parse(string.Concat(Enumerable.Repeat(opening, 900)), Names)).Message.ShouldContain("nested deeper");

    [Theory]
    [InlineData("+2")]
    [InlineData("<2")]
    [InlineData(" or depth<1")]
    public void TheLongestTextIsWorkedOut(string link) =>
        Engine.Parse("depth<2" + string.Concat(Enumerable.Repeat(link, 3900 / link.Length)), Names).Names.ShouldBe(["depth"]);

    [Fact]
    public void AnyTextIsAConditionOrAFault()
    {
        string[] pieces =
        [
            "depth", "adam", "optimizer", "hidden", "nesterov", " ", " ", "=", "!=", "<", "(", ")", "[", "]", ",", " and ", " or ", " not ", " in ", "2", "-",
            "+", "*", "**", "/", "%",
            "sum(", "min(", "log2(", "1e5", "9223372036854775807", "'", "x y", "é", "true", "\u001b",
        ];
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(50_000), Prop.ForAll(Gen.Elements(pieces).ArrayOf().Select(string.Concat).ToArbitrary(), HoldOrRefuse));
    }

    [Fact]
    public void AChangedConditionIsAConditionOrAFault()
    {
        string[] right =
        [
            "optimizer = adam and (depth * width <= 512 or not dropout in [0, 0.5])", "1 <= len(hidden) < 4 and sum(hidden) % 64 = 0",
            "-depth ** 2 + max(width, 1e2) / 3 > log2(width) - 9",
            "not nesterov or momentum > 0", "hidden in [[128, 64], []] and 'adam' != state", "9223372036854775807 * seed + seed ** 9 = abs(seed)",
        ];
        const string Letters = "()[],=<>!+-*/%'\"\\ .0129eaindortx_é&|";
        var random = new Random(22);
        for (var round = 0; round < 50_000; round++)
        {
            var text = right[random.Next(right.Length)];
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var (at, length) = (random.Next(text.Length), random.Next(0, 4));
                var instead = random.Next(3) == 0 ? text.Substring(random.Next(text.Length), 1) : Letters[random.Next(Letters.Length)].ToString();
                text = text[..at] + instead + text[Math.Min(at + length, text.Length)..];
            }
            HoldOrRefuse(text);
        }
    }

    private static void HoldOrRefuse(string text)
    {
        try
        {
            Engine.Parse(text, Names).Holds(Trial.GetValueOrDefault);
        }
        catch (ConditionException fault)
        {
            fault.Column.ShouldBeInRange(1, text.Length + 1);
        }
    }
}
