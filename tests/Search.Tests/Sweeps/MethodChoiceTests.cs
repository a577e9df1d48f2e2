using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>What docs/sweep-file.md says of <c>auto</c> and <c>bayes</c>.</summary>
public sealed class MethodChoiceTests
{
    private const string Rate = "learning_rate: {min: 0.001, max: 0.1}";

    private static readonly string Long = $"batch_size: [{string.Join(", ", Enumerable.Range(1, 13).Select(size => 8 * size))}], {Rate}";

    [Theory]
    [InlineData("auto", 8, "depth: {min: 1, max: 8}", SearchMethod.Random, "all points of the space are tried")]
    [InlineData("auto", 9, Rate, SearchMethod.Sobol, "fewer than 10 trials are spread evenly, for there is little to learn from")]
    [InlineData("auto", 1_001, Rate, SearchMethod.Tpe, "a Gaussian process is for at most 1,000 trials")]
    [InlineData("auto", 100, Rate, SearchMethod.Gp, "a Gaussian process finds the best in the fewest trials where parameters and values are few")]
    [InlineData("bayes", 8, Rate, SearchMethod.Gp, "a Gaussian process finds the best in the fewest trials where parameters and values are few")]
    public void ItIsChosenBySpaceAndBudget(string word, int cap, string parameters, SearchMethod method, string reason) =>
        Check(word, cap, parameters, method, reason);

    [Theory]
    [InlineData("auto")]
    [InlineData("bayes")]
    public void LongListsAreLeftToTpe(string word) =>
        Check(word, 50, Long, SearchMethod.Tpe, "a Gaussian process is for lists of at most 12 values, and batch_size has more");

    [Fact]
    public void ManyParametersAreLeftToTpe()
    {
        string[] names = [
            "learning_rate", "momentum", "weight_decay", "dropout", "decay", "flip", "gradient_clip", "label_smoothing", "beta1", "beta2", "epsilon", "alpha",
            "depth", "width", "batch_size", "shift", "seed", "split_seed", "step_epochs", "epochs", "patience",
        ];
        var parameters = Engine.Space([.. names.Select(name => new SearchParameter(name, new SearchDomain.WholeRange(1, 9)))]);
        var spec = SweepText.Read($"method: gp\nrun_cap: 50\nparameters: {{{Rate}}}") with { Space = parameters };
        MethodChoice.ForBayes(spec).ShouldBe((SearchMethod.Tpe, "a Gaussian process is for at most 20 parameters"));
    }

    private static void Check(string word, int cap, string parameters, SearchMethod method, string reason)
    {
        var text = $"method: {word}\nrun_cap: {cap}\nparameters: {{{parameters}}}";
        SweepText.Read(text).Method.ShouldBe(method);
        SweepText.Notices(text).ShouldContain($"method: {word} is {EnumName(method)} here: {reason}");
    }

    private static string EnumName(SearchMethod method) => $"{method}".ToLowerInvariant();
}
