using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>
/// A condition over named values, such as <c>optimizer = adam and (depth * width &lt;= 512 or not dropout in [0, 0.5])</c>.
/// Whatever it is given, it ends: it can't loop, call out or remember.
/// A comparison with a value that is not there, as one divided by zero, is false.
/// </summary>
public sealed class Condition
{
    private readonly string _text;

    private Condition(string text, Expression tree)
    {
        (_text, Tree) = (text, tree);
        var parts = tree.All();
        Names = parts.OfType<Expression.Name>().Select(name => name.Of).ToHashSet();
        Size = parts.Count;
    }

    /// <param name="vocabulary">All that may be compared; any other word is a text, and only after <c>=</c>, <c>!=</c> and <c>in</c>.</param>
    /// <exception cref="ConditionException">Says what is wrong, at which column.</exception>
    public static Condition Parse(string text, Vocabulary vocabulary) => new(text, new ConditionParser(text, vocabulary).Read());

    /// <summary>Each of the names has one of its values.</summary>
    internal static Condition Among(IReadOnlyList<KeyValuePair<string, IReadOnlyList<ParameterValue>>> values) => new(
        string.Join(
            " and ",
            values.Select(pair => pair.Value.Count == 1 ? $"{pair.Key} = {pair.Value[0]}" : $"{pair.Key} in [{string.Join(", ", pair.Value)}]")),
        values.Select(Expression (pair) => new Expression.Membership(new Expression.Name(pair.Key), pair.Value))
            .Aggregate((one, other) => new Expression.Both(one, other)));

    /// <summary>Those of the names that the condition reads.</summary>
    public IReadOnlyCollection<string> Names { get; }

    internal Expression Tree { get; }

    /// <summary>How many parts it has: what it costs to evaluate.</summary>
    internal int Size { get; }

    public bool Holds(Func<string, ParameterValue?> valueOf) => Evaluation.Holds(Tree, valueOf);

    /// <summary>As it was written.</summary>
    public override string ToString() => _text;
}

/// <summary>A condition's text is wrong; the message says what is, and where.</summary>
public sealed class ConditionException(string fault, string text, int column)
    : UserException($"column {column}: {fault}\n  {text}\n  {new string(' ', column - 1)}^")
{
    public override bool IsWrongInput => true;

    public int Column => column;

    /// <summary>What is wrong, in one line.</summary>
    public string Fault => fault;
}
