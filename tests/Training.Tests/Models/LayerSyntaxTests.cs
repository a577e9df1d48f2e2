using FashionSweep.Training.Models;

namespace FashionSweep.Training.Tests.Models;

public sealed class LayerSyntaxTests
{
    public static TheoryData<string, LayerSpec> Lines => new()
    {
        { "conv 32", new LayerSpec.Conv(32, 3) },
        { "conv 64 7x7 padding=same", new LayerSpec.Conv(64, 7, 1, Padding.Same) },
        { "conv 8  5x5   padding=valid stride=2", new LayerSpec.Conv(8, 5, 2) },
        { "max_pool", new LayerSpec.MaxPool(2, 2) },
        { "max_pool 3 stride=2", new LayerSpec.MaxPool(3, 2) },
        { "average_pool 4", new LayerSpec.AveragePool(4, 4) },
        { "global_average_pool", new LayerSpec.GlobalAveragePool() },
        { "batch_norm", new LayerSpec.BatchNorm() },
        { "dropout 0.25", new LayerSpec.Dropout(0.25) },
        { "flatten", new LayerSpec.Flatten() },
        { "dense 128", new LayerSpec.Dense(128) },
        { "residual 64 stride=2", new LayerSpec.Residual(64, 2) },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void EachKindIsReadWithAllThatItTakes(string line, LayerSpec expected)
    {
        LayerSyntax.Parse(line, out var fault).ShouldBe(expected);
        fault.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "'' is no layer")]
    [InlineData("cnv 32", "'cnv 32' is no layer")]
    [InlineData("conv", "'conv' can't be read: the number of filters is missing")]
    [InlineData("conv 0", "'conv 0' can't be read: the number of filters is 0, must be a whole number from 1 to 65536")]
    [InlineData("conv 8 3x5", "'conv 8 3x5' can't be read: the kernel is 3x5, must be square, such as 3x3")]
    [InlineData("conv 8 3x3 padding=1", "'conv 8 3x3 padding=1' can't be read: padding is 1, must be valid or same")]
    [InlineData("conv 8 dilation=2", "'conv 8 dilation=2' can't be read: dilation=2 means nothing there")]
    [InlineData("dropout 1", "'dropout 1' can't be read: the rate is 1, must be a number from 0 to 1 (excluded)")]
    [InlineData("flatten 3", "'flatten 3' can't be read: 3 means nothing there")]
    public void WhatIsNoLayerIsSaid(string line, string fault)
    {
        LayerSyntax.Parse(line, out var found).ShouldBeNull();
        found.ShouldBe(fault);
    }
}
