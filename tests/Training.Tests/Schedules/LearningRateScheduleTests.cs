using System.Text.Json;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Schedules;

namespace FashionSweep.Training.Tests.Schedules;

/// <summary>Beside PyTorch's schedulers; <c>Fixtures/schedules.py</c> says how their rates were made.</summary>
public sealed class LearningRateScheduleTests
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Fixture Results = JsonSerializer.Deserialize<Fixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schedules.json")), Json)!;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Results.Cases.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void RatesAreThoseOfPyTorch(int number)
    {
        var expected = Results.Cases[number];
        var parameters = Complete([
            ("schedule", expected.Schedule), ("learning_rate", Results.Rate),
            .. expected.Options.Select(option => (option.Key, Value(option.Value)))]);

        Rates(parameters, Results.Epochs, Results.Steps, Results.Reports, expected.Watched).Zip(expected.Rates)
            .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
    }

    [Fact]
    public void AConstantRateIsTheRateItself() =>
        Rates(Complete([("learning_rate", 0.003)]), epochs: 2, steps: 3, Results.Reports).ShouldAllBe(rate => rate == 0.003);

    [Fact]
    public void WarmingUpRisesInAStraightLine() =>
        Rates(Complete([("learning_rate", 0.8), ("warmup_epochs", 1.5)]), epochs: 2, steps: 4, Results.Reports)
            .Zip([0.8 / 6, 1.6 / 6, 2.4 / 6, 3.2 / 6, 4.0 / 6, 0.8, 0.8, 0.8]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-12);

    [Theory]
    [InlineData("constant")]
    [InlineData("step")]
    [InlineData("exponential")]
    [InlineData("cosine")]
    [InlineData("one_cycle")]
    [InlineData("plateau")]
    public void StepsOfAnEpochAllocateNothing(string name)
    {
        var schedule = new LearningRateSchedule(Complete([("schedule", name)]).ToSchedule(), epochs: 9, steps: 100, Objective.Default);
        List<EpochReport> before = [new(1, new Score(1, 0), new Score(1, 0.5), 0), new(2, new Score(1, 0), new Score(1, 0.4), 0)];
        schedule.RateAt(3, 1, before);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 2; step <= 100; step++) schedule.RateAt(3, step, before);

        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBe(0);
    }

    [Fact]
    public void APlateauFollowsReportsThatGrowAndOthersThatComeAfter()
    {
        var schedule = new LearningRateSchedule(
            Complete([("schedule", "plateau"), ("learning_rate", 1.0), ("decay", 0.5), ("plateau_patience", 0L)]).ToSchedule(),
            epochs: 9,
            steps: 2,
            Objective.Default);
        List<EpochReport> growing = [];

        Rate().ShouldBe(1);
        Add(0.5);
        Rate().ShouldBe(1);
        Add(0.4);
        Rate().ShouldBe(0.5);
        Add(0.4);
        Rate().ShouldBe(0.25);
        schedule.RateAt(3, 1, growing[..2]).ShouldBe(0.5);

        double Rate() => schedule.RateAt(growing.Count + 1, 1, growing);
        void Add(double accuracy) => growing.Add(new EpochReport(growing.Count + 1, new Score(1, 0), new Score(1, accuracy), 0));
    }

    private static IEnumerable<double> Rates(ParameterSet parameters, int epochs, int steps, EpochReport[] reports, Objective? objective = null)
    {
        var schedule = new LearningRateSchedule(parameters.ToSchedule(), epochs, steps, objective ?? Objective.Default);
        for (var epoch = 1; epoch <= epochs; epoch++)
            for (var step = 1; step <= steps; step++) yield return schedule.RateAt(epoch, step, reports[..(epoch - 1)]);
    }

    private static ParameterSet Complete(IEnumerable<(string Name, ParameterValue Value)> chosen) =>
        TrainerCatalog.Parameters.Complete(new ParameterSet(chosen.ToDictionary(pair => pair.Name, pair => pair.Value)), sweepSeed: 1);

    private static ParameterValue Value(double number) => double.IsInteger(number) ? (ParameterValue)(long)number : number;

    public sealed record Fixture(int Epochs, int Steps, double Rate, double[] Accuracies, double[] Losses, List<Case> Cases)
    {
        public EpochReport[] Reports { get; } =
            [.. Accuracies.Zip(Losses).Select((scores, index) => new EpochReport(index + 1, new Score(1, 0), new Score(scores.Second, scores.First), 0))];
    }

    public sealed record Case(string Schedule, Dictionary<string, double> Options, string Goal, double[] Rates)
    {
        public Objective Watched => Goal == "min" ? new Objective(Metric.ValidationLoss, Shared.Trials.Goal.Minimize) : Objective.Default;
    }
}
