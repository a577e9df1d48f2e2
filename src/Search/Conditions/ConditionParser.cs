using System.Globalization;
using FashionSweep.Search.Names;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>Reads a condition's text by recursive descent; what binds closer stands further down.</summary>
internal sealed partial class ConditionParser(string text, Vocabulary vocabulary)
{
    // Together they bound the depth of the tree, and so the stack of whoever walks it.
    private const int LongestText = 4000;
    private const int DeepestNesting = 64;

    private readonly List<Token> _tokens = Tokens.Cut(
        text.Length <= LongestText
            ? text
            : throw new ConditionException($"the condition is {text.Length} letters long, must be at most {LongestText}", "", 1));
    private int _next;
    private int _depth;

    private Token Peek => _tokens[_next];

    /// <exception cref="ConditionException">Says what is wrong, at which column.</exception>
    public Expression Read()
    {
        var whole = AsTest(ReadOr());
        return Peek.Kind == TokenKind.End ? whole : throw Fault($"{Peek.Text} is left over: join comparisons with and, or");
    }

    private Term ReadOr()
    {
        var left = ReadAnd();
        while (Take("or")) left = Join(left, AsTest(left), AsTest(ReadAnd()), (one, other) => new Expression.Either(one, other));
        return left;
    }

    private Term ReadAnd()
    {
        var left = ReadNot();
        while (Take("and")) left = Join(left, AsTest(left), AsTest(ReadNot()), (one, other) => new Expression.Both(one, other));
        return left;
    }

    private Term ReadNot()
    {
        var column = Peek.Column;
        return Take("not") ? Nested(() => Until(column, new Expression.Not(AsTest(ReadNot())), Kind.Flag)) : ReadComparison();
    }

    private Term ReadComparison()
    {
        var left = ReadSum();
        if (Take("in")) return ReadMembership(left, negated: false);
        if (Peek is { Text: "not", Kind: TokenKind.Word } && _tokens[_next + 1] is { Text: "in", Kind: TokenKind.Word })
        {
            _next += 2;
            return ReadMembership(left, negated: true);
        }
        if (!AtComparison) return left;
        Expression? chain = null;
        var first = left;
        while (AtComparison)
        {
            var sign = _tokens[_next++].Text;
            (var link, left) = Compare(left, sign, ReadSum());
            chain = chain is null ? link : new Expression.Both(chain, link);
        }
        return Until(first.Column, chain!, Kind.Flag);
    }

    private bool AtComparison => Peek is { Kind: TokenKind.Symbol, Text: "=" or "==" or "!=" or "<" or "<=" or ">" or ">=" };

    private (Expression Link, Term Right) Compare(Term left, string sign, Term right)
    {
        left = Settled(left);
        if (sign is "<" or "<=" or ">" or ">=") (left, right) = (AsNumber(left, sign), AsNumber(right, sign));
        else right = AsOperandOf(left, right);
        return (new Expression.Comparison(sign, left.Tree, right.Tree), right);
    }

    private Term ReadMembership(Term left, bool negated)
    {
        left = Settled(left);
        if (Peek is not { Kind: TokenKind.Symbol, Text: "[" }) throw Fault("in needs a list: [a, b]");
        var items = ReadList(0, (value, column) => CheckOperand(left, value, column));
        return Until(left.Column, new Expression.Membership(left.Tree, items.Items, negated), Kind.Flag);
    }

    private Term ReadSum()
    {
        var left = ReadProduct();
        while (Peek is { Kind: TokenKind.Symbol, Text: "+" or "-" } sign) left = Calculate(left, sign.Text, ReadProduct);
        return left;
    }

    private Term ReadProduct()
    {
        var left = ReadSigned();
        while (Peek is { Kind: TokenKind.Symbol, Text: "*" or "/" or "%" } sign) left = Calculate(left, sign.Text, ReadSigned);
        return left;
    }

    // A sign binds less than a power: -2 ** 2 is -4.
    private Term ReadSigned()
    {
        var sign = Peek;
        if (!Take("-") && !Take("+")) return ReadPower();
        var value = AsNumber(Nested(ReadSigned), sign.Text);
        var tree = sign.Text == "+" ? value.Tree
            : value.Tree is Expression.Literal literal ? new Expression.Literal(Numbers.Negate(literal.Value)!)
            : new Expression.Negative(value.Tree);
        return Until(sign.Column, tree, Kind.Number);
    }

    private Term ReadPower()
    {
        var left = ReadOperand();
        return Peek is { Kind: TokenKind.Symbol, Text: "**" } ? Calculate(left, "**", () => Nested(ReadSigned)) : left;
    }

    private Term ReadOperand()
    {
        var token = Peek;
        if (Take("(")) return Nested(() => ReadParentheses(token.Column));
        if (token.Kind == TokenKind.Word && _tokens[_next + 1] is { Kind: TokenKind.Symbol, Text: "(" } && !IsReserved(token.Text)) return ReadCall(token);
        if (token.Kind == TokenKind.Word && vocabulary.Names.Contains(token.Text))
        {
            _next++;
            return Until(token.Column, new Expression.Name(token.Text), Kinds.Of(vocabulary.RuleOf(token.Text)));
        }
        var isBare = token.Kind == TokenKind.Word && token.Text is not ("true" or "false");
        var value = ReadValue();
        return Until(token.Column, new Expression.Literal(value), Kinds.Of(value)) with { IsBareWord = isBare };
    }

    private Term ReadParentheses(int column)
    {
        var inner = Settled(ReadOr());
        Expect(")");
        return Until(column, inner.Tree, inner.Kind);
    }

    private Term ReadCall(Token name)
    {
        if (!Function.ByName.TryGetValue(name.Text, out var function))
            throw new ConditionException($"{name.Text} is no function{Suggestion.OrAll(name.Text, [.. Function.ByName.Keys])}", text, name.Column);
        _next += 2;
        var arguments = new List<Term>();
        while (!Take(")"))
        {
            if (arguments.Count > 0) Expect(",");
            arguments.Add(Nested(() => Settled(ReadSum())));
        }
        return function.Takes([.. arguments.Select(argument => argument.Kind)])
            ? Until(name.Column, new Expression.Call(function, [.. arguments.Select(argument => argument.Tree)]), Kind.Number)
            : throw new ConditionException($"{name.Text} is called as {function.Form}, with numbers", text, name.Column);
    }

    private Term Calculate(Term left, string sign, Func<Term> readRight)
    {
        _next++;
        var (one, other) = (AsNumber(left, sign), AsNumber(readRight(), sign));
        return Until(left.Column, new Expression.Arithmetic(sign, one.Tree, other.Tree), Kind.Number);
    }

    private ParameterValue ReadValue(int depth = 0)
    {
        var token = Peek;
        if (token is { Kind: TokenKind.Symbol, Text: "[" } && depth < 2) return ReadList(depth);
        _next++;
        return token switch
        {
            { Kind: TokenKind.Quoted } => token.Text,
            { Kind: TokenKind.Number } => ReadNumber(token),
            { Kind: TokenKind.Symbol, Text: "-" } when depth > 0 && Peek.Kind == TokenKind.Number => Numbers.Negate(ReadNumber(_tokens[_next++]))!,
            { Kind: TokenKind.Word } when !IsReserved(token.Text) => bool.TryParse(token.Text, out var flag) ? flag : token.Text,
            { Kind: TokenKind.End } => throw new ConditionException("ends too early: a value is missing", text, token.Column),
            _ => throw new ConditionException($"{token.Text} stands where a value is expected", text, token.Column),
        };
    }

    // A list of lists compares lists of layers; nothing that a trial has nests deeper.
    private ParameterValue.List ReadList(int depth, Action<ParameterValue, int>? check = null)
    {
        Expect("[");
        var items = new List<ParameterValue>();
        while (!Take("]"))
        {
            if (items.Count > 0) Expect(",");
            var column = Peek.Column;
            items.Add(ReadValue(depth + 1));
            check?.Invoke(items[^1], column);
        }
        return new ParameterValue.List(items);
    }

    private ParameterValue ReadNumber(Token token)
    {
        if (long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? real
            : throw new ConditionException($"{token.Text} is no number", text, token.Column);
    }

    private string Written(Term term) => text[(term.Column - 1)..(term.End - 1)];

    private Term Join(Term first, Expression left, Expression right, Func<Expression, Expression, Expression> join) =>
        Until(first.Column, join(left, right), Kind.Flag);

    private Term Until(int column, Expression tree, Kind kind) => new(tree, kind, column, _tokens[_next - 1].End);

    private Term Nested(Func<Term> read)
    {
        if (++_depth > DeepestNesting) throw Fault($"nested deeper than {DeepestNesting}");
        var inner = read();
        _depth--;
        return inner;
    }

    private bool Take(string symbol)
    {
        if (Peek.Kind is not (TokenKind.Word or TokenKind.Symbol) || Peek.Text != symbol) return false;
        _next++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Fault(Peek.Kind == TokenKind.End ? $"ends too early: {symbol} is missing" : $"{Peek.Text} stands where {symbol} is expected");
    }

    private ConditionException Fault(string message) => new(message, text, Peek.Column);

    private static bool IsReserved(string word) => word is "and" or "or" or "not" or "in";

    /// <param name="Column">Of its first letter, from 1.</param>
    /// <param name="End">The column behind its last letter.</param>
    /// <param name="IsBareWord">No name: a text where the other side of = takes one, else a fault.</param>
    private readonly record struct Term(Expression Tree, Kind Kind, int Column, int End, bool IsBareWord = false);
}
