namespace FashionSweep.Search.Tests.Sweeps;

public sealed class PriorReaderTests
{
    private const string Space = "name: second\nmethod: gp\nrun_cap: 20\nparameters: {width: {min: 8, max: 64}, epochs: 2}\n";

    [Theory]
    [InlineData("prior: first", new[] { "first" })]
    [InlineData("prior: [first, 7]", new[] { "first", "7" })]
    public void ItIsANameOrAListOfNames(string prior, string[] names) => SweepText.Read(Space + prior).Prior.ShouldBe(names);

    [Theory]
    [InlineData("prior:", "5:1: prior is empty, must be the name of a finished sweep, or a list of 1 to 10 of them")]
    [InlineData("prior: []", "5:8: prior is an empty list, must be the name of a finished sweep, or a list of 1 to 10 of them")]
    [InlineData("prior: {first: 1}", "5:8: prior is a mapping, must be the name of a finished sweep, or a list of 1 to 10 of them")]
    [InlineData("prior: [first, {a: 1}]", "5:16: an item of prior is a mapping, must be the name of a finished sweep")]
    [InlineData("prior: [first, first]", "5:16: first is twice in prior, must be there once")]
    [InlineData("prior: second", "5:8: prior is second, which is this sweep itself: give this one another name")]
    public void WhatIsNoneIsSaidWhereItStands(string prior, string fault) => SweepText.Faults(Space + prior).ShouldBe([fault]);

    [Theory]
    [InlineData("grid")]
    [InlineData("random")]
    [InlineData("sobol")]
    [InlineData("cmaes")]
    public void AMethodThatLearnsOfNoOtherSweepSaysSo(string method) =>
        SweepText.Notices($"method: {method}\nrun_cap: 20\nprior: first\nparameters: {{width: {{min: 8, max: 64}}, epochs: 2}}")
            .ShouldContain($"prior counts for nothing with method: {method}: gp and tpe learn of other sweeps");
}
