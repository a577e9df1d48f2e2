using FashionSweep.Search.Names;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <remarks>What may stand where, as far as the kinds of its parts are known.</remarks>
internal sealed partial class ConditionParser
{
    private Expression AsTest(Term term) => Settled(term).Kind == Kind.Flag
        ? term.Tree
        : throw new ConditionException("a comparison is missing: one of = != < <= > >= in", text, term.End);

    private Term AsNumber(Term term, string sign) => Settled(term).Kind is Kind.Number or Kind.Any
        ? term
        : throw new ConditionException(
            $"{Written(term)} is {Kinds.Wording(term.Kind)}, and {sign} needs numbers{(term.Kind == Kind.Text ? ": compare it with =, != or in" : "")}",
            text, term.Column);

    // Of early_stopping, validation_loss is a value and not the metric of that name.
    private Term AsOperandOf(Term left, Term right)
    {
        if (right.Tree is Expression.Name { Of: var word } && RuleOf(left.Tree) is ValueRule.OneOf words && words.Names.Contains(word))
            return right with { Tree = new Expression.Literal(word), Kind = Kind.Text };
        if (right.IsBareWord && left.Kind is not (Kind.Text or Kind.Any)) throw UnknownName(right);
        if (right.Tree is Expression.Literal { Value: var value }) CheckOperand(left, value, right.Column);
        else if (!Kinds.Agree(left.Kind, right.Kind)) throw Mismatch(left, right.Kind, right.Column);
        return right with { IsBareWord = false };
    }

    private void CheckOperand(Term left, ParameterValue value, int column)
    {
        if (!Kinds.Agree(left.Kind, Kinds.Of(value))) throw Mismatch(left, Kinds.Of(value), column);
        if (left.Tree is not Expression.Name { Of: var name } || value is not ParameterValue.Text { Value: var word }) return;
        if (Kinds.Refusal(name, vocabulary.RuleOf(name), word) is { } refusal) throw new ConditionException(refusal, text, column);
    }

    private ValueRule? RuleOf(Expression named) => named is Expression.Name { Of: var name } ? vocabulary.RuleOf(name) : null;

    private ConditionException Mismatch(Term left, Kind other, int column) =>
        new($"{Written(left)} is {Kinds.Wording(left.Kind)}, and this is {Kinds.Wording(other)}: they are never equal", text, column);

    private Term Settled(Term term) => term.IsBareWord ? throw UnknownName(term) : term;

    private ConditionException UnknownName(Term word)
    {
        var (written, names) = (Written(word), vocabulary.Names);
        var hint = Nearest.Of(written, names) is { } meant ? $"did you mean {meant}?" : $"there are {string.Join(", ", names)}";
        return new ConditionException($"{written} is no known name: {hint}", text, word.Column);
    }
}
