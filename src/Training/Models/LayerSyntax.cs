using System.Globalization;

namespace FashionSweep.Training.Models;

/// <summary>
/// A layer as one line of a sweep file: the kind, its size, then options, as
/// <c>conv 64 3x3 stride=2 padding=same</c>.
/// </summary>
public static class LayerSyntax
{
    /// <summary>The kinds with all that each takes.</summary>
    public static IReadOnlyList<string> Forms { get; } =
    [
        "conv FILTERS [KxK] [stride=S] [padding=valid|same]",
        "max_pool [K] [stride=S]",
        "average_pool [K] [stride=S]",
        "global_average_pool",
        "batch_norm",
        "dropout RATE",
        "flatten",
        "dense UNITS",
        "residual FILTERS [stride=S]",
    ];

    private const int MostUnits = 65536;
    private const int MostKernel = 28;

    /// <returns>Null, and why, where the text is no layer.</returns>
    public static LayerSpec? Parse(string text, out string fault)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var arguments = new Arguments([.. words.Skip(1)]);
        var layer = Read(words.FirstOrDefault(""), arguments);
        var found = layer is null ? "is no layer" : arguments.Fault is { Length: > 0 } wrong ? $"can't be read: {wrong}" : arguments.Surplus;
        fault = found.Length > 0 ? $"'{text}' {found}" : "";
        return fault.Length > 0 ? null : layer;
    }

    private static LayerSpec? Read(string kind, Arguments arguments) => kind switch
    {
        "conv" => new LayerSpec.Conv(arguments.Whole("the number of filters", MostUnits), arguments.Kernel(3), arguments.Stride(1), arguments.Padding()),
        "max_pool" when arguments.WholeOr(2) is var size => new LayerSpec.MaxPool(size, arguments.Stride(size)),
        "average_pool" when arguments.WholeOr(2) is var size => new LayerSpec.AveragePool(size, arguments.Stride(size)),
        "global_average_pool" => new LayerSpec.GlobalAveragePool(),
        "batch_norm" => new LayerSpec.BatchNorm(),
        "dropout" => new LayerSpec.Dropout(arguments.Rate()),
        "flatten" => new LayerSpec.Flatten(),
        "dense" => new LayerSpec.Dense(arguments.Whole("the number of units", MostUnits)),
        "residual" => new LayerSpec.Residual(arguments.Whole("the number of filters", MostUnits), arguments.Stride(1)),
        _ => null,
    };

    /// <summary>The words behind a layer's kind, taken one by one; the first that is wrong is the fault.</summary>
    private sealed class Arguments(string[] words)
    {
        private readonly List<string> _left = [.. words];

        public string Fault { get; private set; } = "";

        /// <summary>Says what is left when all that the layer takes was taken; empty for nothing.</summary>
        public string Surplus => _left.Count > 0 ? $"can't be read: {string.Join(' ', _left)} means nothing there" : "";

        public int Whole(string what, int most)
        {
            if (_left.FirstOrDefault() is { } word && !word.Contains('='))
            {
                _left.RemoveAt(0);
                return Number(word, what, most);
            }
            return Wrong($"{what} is missing", 1);
        }

        public int WholeOr(int otherwise) =>
            _left.FirstOrDefault() is { } word && !word.Contains('=') ? Whole("the size", MostKernel) : otherwise;

        public int Kernel(int otherwise)
        {
            if (_left.FirstOrDefault() is not { } word || word.Contains('=')) return otherwise;
            _left.RemoveAt(0);
            var sides = word.Split('x');
            if (sides is not [var height, var width] || height != width) return Wrong($"the kernel is {word}, must be square, such as 3x3", otherwise);
            return Number(height, "the kernel", MostKernel);
        }

        public int Stride(int otherwise) => Option("stride") is { } text ? Number(text, "stride", MostKernel) : otherwise;

        public Padding Padding() => Option("padding") switch
        {
            null or "valid" => Models.Padding.Valid,
            "same" => Models.Padding.Same,
            var other => Wrong($"padding is {other}, must be valid or same", Models.Padding.Valid),
        };

        public double Rate()
        {
            if (_left.FirstOrDefault() is not { } word) return Wrong("the rate is missing", 0.0);
            _left.RemoveAt(0);
            return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and < 1
                ? rate
                : Wrong($"the rate is {word}, must be a number from 0 to 1 (excluded)", 0.0);
        }

        private string? Option(string name)
        {
            var place = _left.FindIndex(word => word.StartsWith($"{name}=", StringComparison.Ordinal));
            if (place < 0) return null;
            var value = _left[place][(name.Length + 1)..];
            _left.RemoveAt(place);
            return value;
        }

        private int Number(string word, string what, int most) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
                ? number
                : Wrong($"{what} is {word}, must be a whole number from 1 to {most}", 1);

        private T Wrong<T>(string fault, T instead)
        {
            if (Fault.Length == 0) Fault = fault;
            return instead;
        }
    }
}
