using System.Text.Json;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Shared.Tests.Trials;

public sealed class ConfusionMatrixTests
{
    private static readonly ConfusionMatrix Matrix = new([[8, 2, 0], [1, 3, 4], [0, 0, 0]]);

    [Fact]
    public void AClassIsScoredByItsRowAndItsColumn()
    {
        Matrix.Of(0).ShouldBe(new ClassScore(8.0 / 9, 8.0 / 10, 16.0 / 19, 10));
        Matrix.Of(1).ShouldBe(new ClassScore(3.0 / 5, 3.0 / 8, 6.0 / 13, 8));
        (Matrix.Images, Matrix.Correct).ShouldBe((18, 11));
    }

    [Fact]
    public void AClassThatIsNeverThereOrNeverPredictedScoresZero()
    {
        Matrix.Of(2).ShouldBe(new ClassScore(0, 0, 0, 0));
        new ConfusionMatrix([[0, 5], [0, 7]]).Of(0).ShouldBe(new ClassScore(0, 0, 0, 5));
    }

    [Fact]
    public void TheMacroAverageGivesEachClassTheSameWeight()
    {
        var average = Matrix.MacroAverage();

        average.Precision.ShouldBe(((8.0 / 9) + (3.0 / 5)) / 3, 1e-15);
        average.Recall.ShouldBe((0.8 + 0.375) / 3, 1e-15);
        average.F1.ShouldBe(((16.0 / 19) + (6.0 / 13)) / 3, 1e-15);
        average.Support.ShouldBe(18);
    }

    [Fact]
    public void TheLargestMistakesComeFirstAndRightAnswersAreNone()
    {
        Matrix.Largest(2).ShouldBe([new Confusion(1, 2, 4), new Confusion(0, 1, 2)]);
        Matrix.Largest(9).Count.ShouldBe(3);
        new ConfusionMatrix([[5, 0], [0, 5]]).Largest(3).ShouldBeEmpty();
    }

    [Fact]
    public void EqualCountsAreEqualMatrices()
    {
        var same = new ConfusionMatrix(Matrix.Rows);
        same.ShouldBe(Matrix);
        same.GetHashCode().ShouldBe(Matrix.GetHashCode());
        new ConfusionMatrix([[8, 2, 0], [1, 3, 4], [0, 1, 0]]).ShouldNotBe(Matrix);
    }

    [Fact]
    public void TheDistanceCountsEachMovedImageOnce()
    {
        Matrix.DistanceTo(new ConfusionMatrix([[7, 3, 0], [1, 2, 5], [0, 0, 0]])).ShouldBe(2);
        Matrix.DistanceTo(Matrix).ShouldBe(0);
    }

    [Fact]
    public void RecallWeightedBySupportIsTheAccuracy() => Prop.ForAll(Squares().ToArbitrary(), matrix =>
    {
        var found = Enumerable.Range(0, matrix.Classes).Select(matrix.Of).Sum(score => score.Recall * score.Support);
        return Math.Abs(found - matrix.Correct) < 1e-6;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void JsonGivesBackTheSameCountsInOneLineForEachRow() => Prop.ForAll(Squares().ToArbitrary(), matrix =>
    {
        var json = JsonSerializer.Serialize(matrix, Indented);
        return JsonSerializer.Deserialize<ConfusionMatrix>(json)!.Equals(matrix) && json.Split('\n').Length == matrix.Classes + 2;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("[]")]
    [InlineData("[[1,2]]")]
    [InlineData("[[1,2],[3]]")]
    [InlineData("[[1,2],[3,-1]]")]
    [InlineData("[[1,2],null]")]
    [InlineData("[[1,2],[3,0.5]]")]
    [InlineData("[[1,2],[3,99999999999]]")]
    public void WhatIsNoMatrixOfCountsIsRefused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ConfusionMatrix>(json));

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };

    private static Gen<ConfusionMatrix> Squares() =>
        from classes in Gen.Choose(1, 10)
        from rows in Gen.Choose(0, 1000).ArrayOf(classes).ArrayOf(classes)
        select new ConfusionMatrix(rows);
}
