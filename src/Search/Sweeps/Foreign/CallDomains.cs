using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>What calls of Ray Tune, Keras Tuner and Hydra draw from.</summary>
internal static class CallDomains
{
    /// <param name="includesLast">Whether a range of Hydra has its end: Optuna's sweeper takes it in, Hydra's own doesn't.</param>
    /// <returns>Null where the call is none that is known.</returns>
    public static ForeignDomain? Of(ForeignCall call, bool includesLast = false) => call.Function switch
    {
        "grid_search" or "choice" or "Choice" or "shuffle" or "[" => Choices(call),
        "uniform" => Range(call),
        "quniform" => Range(call) is { } range ? range with { Step = call.Number("q", 2) } : null,
        "loguniform" => Range(call) is { } range ? range with { IsLog = true } : null,
        "qloguniform" => Range(call) is { } range ? range with { IsLog = true, Step = call.Number("q", 2) } : null,
        "randint" => WithoutLast(Range(call)),
        "qrandint" => Range(call) is { } range ? range with { IsWhole = true, Step = call.Number("q", 2) } : null,
        "lograndint" => WithoutLast(Range(call)) is { } range ? range with { IsLog = true } : null,
        "qlograndint" => Range(call) is { } range ? range with { IsLog = true, IsWhole = true, Step = call.Number("q", 2) } : null,
        "randn" => new ForeignDomain.Normal(call.Number("mean", 0) ?? 0, call.Number("sd", 1) ?? 1),
        "qrandn" => new ForeignDomain.Normal(call.Number("mean", 0) ?? 0, call.Number("sd", 1) ?? 1, Step: call.Number("q", 2)),
        "interval" => Range(call),
        "range" => Steps(call, includesLast),
        "tag" or "sort" => OfTagged(call, includesLast),
        "int" => call.Positional is [var inner, ..] && Of(inner, includesLast) is ForeignDomain.Range range ? range with { IsWhole = true } : null,
        "float" => call.Positional is [var inner, ..] ? Of(inner, includesLast) : null,
        "Float" => OfKeras(call, isWhole: false),
        "Int" => OfKeras(call, isWhole: true),
        "Boolean" => new ForeignDomain.Choices([false, true]),
        "Fixed" => (call["value"] ?? call.Positional.ElementAtOrDefault(1))?.AsValue() is { } value ? new ForeignDomain.Constant(value) : null,
        _ => null,
    };

    // hp.Float("lr", 1e-4, 1e-1), or without the name where a dictionary has it.
    private static ForeignDomain.Range? OfKeras(ForeignCall call, bool isWhole)
    {
        var first = call.Positional is [{ IsQuoted: true }, ..] ? 1 : 0;
        if (call.Number("min_value", first) is not { } min || call.Number("max_value", first + 1) is not { } max) return null;
        return new ForeignDomain.Range(min, max, call["sampling"]?.Name is "log" or "reverse_log", isWhole, call.Number("step", first + 2));
    }

    private static ForeignDomain.Choices? Choices(ForeignCall call)
    {
        // hp.Choice has a name before its values; a list of one is that list, several are values themselves.
        var positional = call.Positional.SkipWhile(argument => call.Function == "Choice" && argument.Arguments is null).ToList();
        var list = call["values"] ?? call["categories"] ?? (positional is [{ Name: "[" } only] && call.Name != "[" ? only : null);
        var values = (list?.Arguments ?? positional).Select(item => item.AsValue()).OfType<ParameterValue>().ToList();
        return values.Count > 0 ? new ForeignDomain.Choices(values) : null;
    }

    private static ForeignDomain.Range? Range(ForeignCall call) =>
        (call.Number("lower", 0) ?? call["start"]?.AsNumber()) is { } min && (call.Number("upper", 1) ?? call["end"]?.AsNumber()) is { } max
            ? new ForeignDomain.Range(min, max)
            : null;

    private static ForeignDomain.Range? WithoutLast(ForeignDomain.Range? range) =>
        range is null ? null : range with { Max = range.Max - 1, IsWhole = true };

    private static ForeignDomain? Steps(ForeignCall call, bool includesLast)
    {
        var (one, two, step) = (call.Number("start", 0), call.Number("stop", 1), call.Number("step", 2) ?? 1);
        var (first, last) = two is null ? (0, one) : (one ?? 0, two);
        if (last is not { } end) return null;
        return ForeignDomain.Steps(first, includesLast ? end : end - (step / 2), step);
    }

    private static ForeignDomain? OfTagged(ForeignCall call, bool includesLast)
    {
        var isLog = call.Positional.Any(argument => argument is { Arguments: null, Name: "log" });
        var inner = call.Positional.Where(argument => argument.Arguments is not null).Select(argument => Of(argument, includesLast)).FirstOrDefault();
        return inner is ForeignDomain.Range range && isLog ? range with { IsLog = true } : inner;
    }
}
