using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Space;

public sealed class MeaningTests
{
    private static readonly Meaning Meaning = Meaning.In(Engine.Catalog);

    [Theory]
    [InlineData("optimizer=adam momentum=0.5", "optimizer=adam", true)]
    [InlineData("optimizer=sgd momentum=0.5", "optimizer=sgd", false)]
    [InlineData("optimizer=momentum", "optimizer=sgd momentum=0.9", true)]
    [InlineData("optimizer=nesterov", "optimizer=sgd momentum=0.9", false)]
    [InlineData("optimizer=adamw", "optimizer=adam", true)]
    [InlineData("optimizer=adamw weight_decay=0.1", "optimizer=adam weight_decay=0.1", false)]
    [InlineData("depth=0 width=8 dropout=0.5 activation=tanh", "depth=0", true)]
    [InlineData("depth=1 width=8", "depth=1 width=9", false)]
    [InlineData("model=vgg depth=0 activation=tanh", "model=vgg depth=0", false)]
    [InlineData("model=resnet depth=5 batch_norm=true", "model=resnet", true)]
    [InlineData("schedule=step step_epochs=10", "schedule=constant decay=0.5", true)]
    [InlineData("schedule=step step_epochs=9", "schedule=constant", false)]
    [InlineData("schedule=plateau plateau_patience=8", "", true)]
    [InlineData("schedule=plateau plateau_patience=7", "", false)]
    [InlineData("early_stopping=train_loss patience=8", "patience=2", true)]
    [InlineData("early_stopping=train_loss patience=7", "", false)]
    [InlineData("validation_fraction=0.1", "validation_fraction=0.100001", true)]
    [InlineData("label_smoothing=0.1", "", false)]
    public void WhatDoesTheSameMeansTheSame(string one, string other, bool same) =>
        Meaning.Of(Complete(one)).Equals(Meaning.Of(Complete(other))).ShouldBe(same);

    [Fact]
    public void WhatIsLearnedFromAResultIsWhatMadeADifference() =>
        Meaning.Telling(Read("optimizer=adam momentum=0.5 learning_rate=0.1")).ToString().ShouldBe("learning_rate=0.1, optimizer=adam");

    private static ParameterSet Complete(string text) => Engine.Catalog.Complete(Read(text), sweepSeed: 1);

    private static ParameterSet Read(string text) => new(
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Select(pair => KeyValuePair.Create(pair[0], ValueOf(pair[1]))));

    private static ParameterValue ValueOf(string text) =>
        long.TryParse(text, out var whole) ? whole
        : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var real) ? real
        : bool.TryParse(text, out var flag) ? flag : text;
}
