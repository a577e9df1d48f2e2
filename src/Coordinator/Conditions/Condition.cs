using System.Globalization;
using FashionSweep.Coordinator.Names;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Conditions;

/// <summary>
/// A condition over named values, such as <c>optimizer = adam and (depth >= 2 or not dropout in [0, 0.5])</c>.
/// It compares and nothing else: whatever it is given, it ends.
/// A comparison with a value that is not there is false.
/// </summary>
public sealed class Condition
{
    private const int DeepestNesting = 64;

    private readonly string _text;
    private readonly IReadOnlyCollection<string> _names;
    private readonly List<Token> _tokens;
    private readonly Test _test;
    private readonly HashSet<string> _mentioned = [];
    private int _next;

    private Condition(string text, IReadOnlyCollection<string> names)
    {
        (_text, _names, _tokens) = (text, names, Tokens.Cut(text));
        _test = ReadOr(0);
        if (Peek.Kind != TokenKind.End) throw Fault($"{Peek.Text} is left over: join comparisons with and, or");
    }

    private delegate bool Test(Func<string, ParameterValue?> valueOf);

    private delegate ParameterValue? Operand(Func<string, ParameterValue?> valueOf);

    private Token Peek => _tokens[_next];

    /// <param name="names">All that may be compared; any other word is a text, and only after <c>=</c>, <c>!=</c> and <c>in</c>.</param>
    /// <exception cref="ConditionException">Says what is wrong, at which column.</exception>
    public static Condition Parse(string text, IReadOnlyCollection<string> names) => new(text, names);

    /// <summary>Those of the names that the condition reads.</summary>
    public IReadOnlyCollection<string> Names => _mentioned;

    public bool Holds(Func<string, ParameterValue?> valueOf) => _test(valueOf);

    private Test ReadOr(int depth)
    {
        var left = ReadAnd(depth);
        while (Take("or"))
        {
            var (first, second) = (left, ReadAnd(depth));
            left = values => first(values) || second(values);
        }
        return left;
    }

    private Test ReadAnd(int depth)
    {
        var left = ReadNot(depth);
        while (Take("and"))
        {
            var (first, second) = (left, ReadNot(depth));
            left = values => first(values) && second(values);
        }
        return left;
    }

    private Test ReadNot(int depth)
    {
        if (depth > DeepestNesting) throw Fault($"nested deeper than {DeepestNesting}");
        if (Take("not"))
        {
            var negated = ReadNot(depth + 1);
            return values => !negated(values);
        }
        if (!Take("(")) return ReadComparison();
        var inner = ReadOr(depth + 1);
        Expect(")");
        return inner;
    }

    private Test ReadComparison()
    {
        var left = ReadOperand(textWelcome: false);
        if (Take("in")) return ReadMembership(left);
        if (Peek is { Text: "not", Kind: TokenKind.Word } && _tokens[_next + 1].Text == "in")
        {
            _next += 2;
            var member = ReadMembership(left);
            return values => !member(values);
        }
        var sign = Peek;
        if (sign is not { Kind: TokenKind.Symbol, Text: "=" or "==" or "!=" or "<" or "<=" or ">" or ">=" })
            throw Fault("a comparison is missing: one of = != < <= > >= in");
        _next++;
        var right = ReadOperand(textWelcome: sign.Text is "=" or "==" or "!=");
        return values => left(values) is { } one && right(values) is { } other && Compare(one, sign.Text, other);
    }

    private Test ReadMembership(Operand left)
    {
        if (Peek is not { Kind: TokenKind.Symbol, Text: "[" }) throw Fault("in needs a list: [a, b]");
        var list = (ParameterValue.List)ReadValue();
        return values => left(values) is { } one && list.Items.Any(item => AreEqual(one, item));
    }

    private Operand ReadOperand(bool textWelcome)
    {
        var token = Peek;
        if (token.Kind == TokenKind.Word && _names.Contains(token.Text))
        {
            _next++;
            _mentioned.Add(token.Text);
            return values => values(token.Text);
        }
        if (token.Kind is TokenKind.Word && token.Text is not ("true" or "false") && !textWelcome) throw UnknownName(token);
        var value = ReadValue();
        if (value is not (ParameterValue.Whole or ParameterValue.Real) && !textWelcome)
            throw new ConditionException($"{value} is no number and no name", _text, token.Column);
        return _ => value;
    }

    // A list of lists compares lists of layers; nothing that a trial has nests deeper.
    private ParameterValue ReadValue(int depth = 0)
    {
        var token = Peek;
        _next++;
        return token switch
        {
            { Kind: TokenKind.Quoted } => token.Text,
            { Kind: TokenKind.Number } => ReadNumber(token),
            { Kind: TokenKind.Word, Text: not ("and" or "or" or "not" or "in") } => bool.TryParse(token.Text, out var flag) ? flag : token.Text,
            { Kind: TokenKind.Symbol, Text: "[" } when depth < 2 => ReadList(depth + 1),
            { Kind: TokenKind.End } => throw new ConditionException("ends too early: a value is missing", _text, token.Column),
            _ => throw new ConditionException($"{token.Text} stands where a value is expected", _text, token.Column),
        };
    }

    private ParameterValue.List ReadList(int depth)
    {
        var items = new List<ParameterValue>();
        while (!Take("]"))
        {
            if (items.Count > 0) Expect(",");
            items.Add(ReadValue(depth));
        }
        return new ParameterValue.List(items);
    }

    private ParameterValue ReadNumber(Token token)
    {
        if (long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? real
            : throw new ConditionException($"{token.Text} is no number", _text, token.Column);
    }

    private bool Take(string text)
    {
        if (Peek.Kind is not (TokenKind.Word or TokenKind.Symbol) || Peek.Text != text) return false;
        _next++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Take(text)) throw Fault(Peek.Kind == TokenKind.End ? $"ends too early: {text} is missing" : $"{Peek.Text} stands where {text} is expected");
    }

    private ConditionException UnknownName(Token token)
    {
        var instead = Nearest.Of(token.Text, _names) is { } meant ? $"did you mean {meant}?" : $"there are {string.Join(", ", _names)}";
        return new ConditionException($"{token.Text} is no parameter and no metric: {instead}", _text, token.Column);
    }

    private ConditionException Fault(string message) => new(message, _text, Peek.Column);

    private static bool Compare(ParameterValue one, string sign, ParameterValue other) => sign switch
    {
        "=" or "==" => AreEqual(one, other),
        "!=" => !AreEqual(one, other),
        _ => (Number(one), Number(other)) is ({ } a, { } b) && sign switch
        {
            "<" => a < b,
            "<=" => a <= b,
            ">" => a > b,
            _ => a >= b,
        },
    };

    private static bool AreEqual(ParameterValue one, ParameterValue other) => (one, other) switch
    {
        (ParameterValue.List a, ParameterValue.List b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(pair => AreEqual(pair.First, pair.Second)),
        _ => (Number(one), Number(other)) is ({ } a, { } b) ? a == b : one.Equals(other),
    };

    private static double? Number(ParameterValue value) => value switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real real => real.Value,
        _ => null,
    };
}

/// <summary>A condition's text is wrong; the message says what is, and where.</summary>
public sealed class ConditionException(string fault, string text, int column)
    : Exception($"column {column}: {fault}\n  {text}\n  {new string(' ', column - 1)}^")
{
    public int Column => column;
}
