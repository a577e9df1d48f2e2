using System.Text.Json;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Shared.Tests.Trials;

public sealed class ParameterSetTests
{
    [Fact]
    public void ParametersComeInOrdinalOrderOfTheirNames() =>
        JsonSerializer.Serialize(Set(("width", 64), ("Depth", 2), ("dropout", 0))).ShouldBe("""{"Depth":2,"dropout":0,"width":64}""");

    [Fact]
    public void TheSameParametersInAnotherOrderAreEqual()
    {
        Set(("depth", 2), ("width", 64)).ShouldBe(Set(("width", 64), ("depth", 2)));
        Set(("depth", 2), ("width", 64)).GetHashCode().ShouldBe(Set(("width", 64), ("depth", 2)).GetHashCode());
        Set(("depth", 2), ("width", 64)).ShouldNotBe(Set(("depth", 2), ("width", 32)));
        Set(("depth", 2), ("width", 64)).ShouldNotBe(Set(("depth", 2)));
    }

    [Fact]
    public void ANameGivenTwiceIsRefused() => Should.Throw<ArgumentException>(() => Set(("depth", 2), ("depth", 3))).Message.ShouldContain("depth");

    [Fact]
    public void MergingIsAsThatOfDictionaries()
    {
        var sets = Gen.Choose(0, 12).Two().ListOf().Select(
            pairs => pairs.GroupBy(pair => pair.Item1).ToDictionary(group => $"p{group.Key}", group => (long)group.First().Item2));
        Prop.ForAll(sets.Two().ToArbitrary(), pair =>
        {
            var (one, other) = pair;
            var expected = new Dictionary<string, long>(one);
            foreach (var (name, value) in other) expected[name] = value;
            var merged = Of(one).With(Of(other));
            return merged.Equals(Of(expected)) && merged.Count == expected.Count
                && Enumerable.Range(0, 13).All(number => Equals(
                    merged[$"p{number}"], expected.TryGetValue($"p{number}", out var value) ? new ParameterValue.Whole(value) : null));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void WhatDiffersIsNamedOnceAndInOrder()
    {
        Set(("depth", 2), ("width", 64)).DifferentIn(Set(("depth", 2), ("width", 64))).ShouldBeEmpty();
        Set(("b", 1), ("d", 2)).DifferentIn(Set(("a", 1), ("b", 2), ("d", 2), ("e", 1))).ShouldBe(["a", "b", "e"]);
        Set(("b", 1)).DifferentIn(ParameterSet.Empty).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("""{"depth":2,"depth":3}""")]
    [InlineData("""{"depth":null}""")]
    [InlineData("""{"depth":{}}""")]
    [InlineData("[]")]
    public void WhatIsNoSetOfParametersIsNotRead(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ParameterSet>(json));

    private static ParameterSet Of(Dictionary<string, long> values) => Set([.. values.Select(pair => (pair.Key, pair.Value))]);

    private static ParameterSet Set(params (string Name, long Value)[] values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Name, (ParameterValue)pair.Value)));
}
