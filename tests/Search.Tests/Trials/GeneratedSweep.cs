using System.Globalization;

namespace FashionSweep.Search.Tests.Trials;

/// <summary>A sweep file made up from a seed. One point at least satisfies its constraints: they are made around it.</summary>
internal sealed class GeneratedSweep
{
    private static readonly string[] Methods = ["grid", "random", "sobol", "tpe", "cmaes", "gp"];

    private readonly Random _random;
    private readonly bool _isGrid;
    private readonly List<string> _parameters = [];
    private readonly Dictionary<string, double> _point = [];
    private readonly List<string> _constraints = [];
    private readonly List<string> _baseline = [];

    private GeneratedSweep(int seed)
    {
        _random = new Random(seed);
        var method = Methods[seed % Methods.Length];
        _isGrid = method == "grid";
        AddParameters();
        AddConstraints();
        var keys = new List<string> { $"method: {method}", $"seed: {seed}" };
        if (!_isGrid || One(2)) keys.Add($"run_cap: {_random.Next(2, 7)}");
        if (One(4)) keys.Add($"repeats: {_random.Next(2, 4)}");
        if (One(3) && _baseline.Count > 0) keys.Add($"baselines: [{{{string.Join(", ", _baseline)}}}]");
        keys.Add($"parameters:\n{string.Join('\n', _parameters.Select(parameter => $"  {parameter}"))}");
        if (_constraints.Count > 0) keys.Add($"constraints:\n{string.Join('\n', _constraints.Select(constraint => $"  - {constraint}"))}");
        Text = string.Join('\n', keys) + "\n";
    }

    public string Text { get; }

    public static GeneratedSweep Of(int seed) => new(seed);

    private bool One(int of) => _random.Next(of) == 0;

    private void AddParameters()
    {
        AddWords("optimizer", "sgd", "adam", "momentum", "adamw", "rmsprop", "lion");
        var first = _baseline[0].Split(' ')[1];
        Action[] others =
        [
            () => AddWords("model", "mlp", "vgg"),
            () => AddWords("schedule", "constant", "step", "exponential", "cosine"),
            () => AddWords("activation", "relu", "tanh"),
            () => AddReal("momentum", 0, 0.9, One(3) ? $"{{optimizer: [{first}]}}" : null),
            () => AddReal("weight_decay", 0, 0.1),
            () => AddReal("learning_rate", 0.001, 1),
            () => AddReal("dropout", 0, 0.5),
            () => AddReal("flip", 0, 1),
            () => AddReal("decay", 0.5, 1),
            () => AddWhole("depth", 0, 3),
            () => AddWhole("width", 1, One(4) ? 60_000 : 3_000),
            () => AddWhole("batch_size", 1, One(4) ? 9_000 : 20),
            () => AddWhole("filters", 2, 6),
            () => AddWhole("step_epochs", 1, 12),
            () => AddWhole("patience", 1, 12, One(2) ? "depth > 0" : null),
            () => AddWhole("epochs", 1, 9),
        ];
        foreach (var index in Enumerable.Range(0, others.Length).OrderBy(_ => _random.Next()).Take(_random.Next(2, 6)).Order()) others[index]();
    }

    private void AddWords(string name, params string[] all)
    {
        var chosen = all.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).ToList();
        _parameters.Add($"{name}: [{string.Join(", ", chosen)}]");
        _baseline.Add($"{name}: {chosen[0]}");
    }

    private void AddReal(string name, double min, double max, string? when = null)
    {
        var values = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Math.Round(min + (max - min) * _random.NextDouble(), 3))
            .Append(max).Distinct().ToList();
        var isList = _isGrid || One(3);
        Add(name, isList ? $"values: [{string.Join(", ", values.Select(Text0))}]" : $"min: {Text0(min)}, max: {Text0(max)}, distribution: uniform", when,
            isList ? values[0] : Math.Round(min + (max - min) * _random.NextDouble(), 6));
    }

    private void AddWhole(string name, int min, int max, string? when = null)
    {
        var isList = _isGrid && max > 20;
        var values = Enumerable.Range(0, 4).Select(_ => _random.Next(min, max + 1)).Distinct().ToList();
        Add(name, isList ? $"values: [{string.Join(", ", values)}]" : $"min: {min}, max: {max}", when, values[0]);
    }

    private void Add(string name, string domain, string? when, double value)
    {
        _parameters.Add($"{name}: {{{domain}{(when is null ? "" : $", when: {when}")}}}");
        if (when is not null) return;
        _point[name] = value;
        _baseline.Add($"{name}: {Text0(value)}");
    }

    private void AddConstraints()
    {
        foreach (var (name, value) in _point.OrderBy(_ => _random.Next()).Take(_random.Next(3)).ToList())
        {
            var band = Math.Pow(10, -_random.Next(1, 7));
            _constraints.Add(_random.Next(5) switch
            {
                0 => $"{name} = {Text0(value)}",
                1 => $"{Text0(value)} <= {name} <= {Text0(value + band)}",
                2 => $"{name} >= {Text0(value)}",
                3 => $"not ({name} < {Text0(value - band)} or {name} > {Text0(value)})",
                _ => $"abs({name} - {Text0(value)}) < {Text0(band)}",
            });
        }
        if (_point.TryGetValue("depth", out var depth) && _point.TryGetValue("width", out var width) && One(2))
            _constraints.Add($"depth * width = {Text0(depth * width)}");
        if (_point.TryGetValue("dropout", out var dropout) && _point.TryGetValue("flip", out var flip) && One(2))
            _constraints.Add($"abs(dropout + flip - {Text0(dropout + flip)}) < 1e-5");
    }

    private static string Text0(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
