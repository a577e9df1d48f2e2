using FashionSweep.Coordinator.Actors;

namespace FashionSweep.Coordinator.Tests.Actors;

public sealed class SteadyTimeTests
{
    private readonly SettableTime _machine = new();
    private readonly List<TimeSpan> _steps = [];
    private readonly SteadyTime _time;

    public SteadyTimeTests() => _time = new SteadyTime(_machine, _steps.Add);

    [Theory]
    [InlineData(-365 * 24)]
    [InlineData(10 * 365 * 24)]
    public void ATimeOfDayThatIsSetChangesNoDuration(int hours)
    {
        var before = _time.GetUtcNow();
        _machine.Pass(TimeSpan.FromSeconds(5));
        _machine.Set(TimeSpan.FromHours(hours));
        (_time.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(5));
        _steps.ShouldBe([TimeSpan.FromHours(hours)]);
    }

    [Fact]
    public void AStepIsToldOnceAndItsWayBackToo()
    {
        _machine.Set(TimeSpan.FromHours(1));
        _time.GetUtcNow();
        _time.GetUtcNow();
        _machine.Set(TimeSpan.FromHours(-1));
        _time.GetUtcNow();
        _steps.ShouldBe([TimeSpan.FromHours(1), TimeSpan.FromHours(-1)]);
    }

    [Fact]
    public void WhatAClockIsLedByIsNoStep()
    {
        _machine.Set(TimeSpan.FromSeconds(1));
        _time.GetUtcNow();
        _steps.ShouldBeEmpty();
    }

    private sealed class SettableTime : TimeProvider
    {
        private TimeSpan _passed;
        private TimeSpan _set;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _passed += time;

        public void Set(TimeSpan by) => _set += by;

        public override DateTimeOffset GetUtcNow() => Storage.Samples.Start + _passed + _set;

        public override long GetTimestamp() => _passed.Ticks;
    }
}
