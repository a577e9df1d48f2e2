using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Conditions;

/// <summary>A condition's syntax tree.</summary>
internal abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>The parts that it is made of; none of a leaf.</summary>
    public virtual IEnumerable<Expression> Parts => [];

    /// <summary>This and everything below it.</summary>
    public IReadOnlyList<Expression> All()
    {
        var found = new List<Expression> { this };
        for (var next = 0; next < found.Count; next++) found.AddRange(found[next].Parts);
        return found;
    }

    public sealed record Literal(ParameterValue Value) : Expression;

    public sealed record Name(string Of) : Expression;

    public sealed record Negative(Expression Of) : Expression
    {
        public override IEnumerable<Expression> Parts => [Of];
    }

    public sealed record Arithmetic(string Sign, Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];
    }

    public sealed record Call(Function Function, IReadOnlyList<Expression> Arguments) : Expression
    {
        public override IEnumerable<Expression> Parts => Arguments;
    }

    public sealed record Comparison(string Sign, Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];
    }

    public sealed record Membership(Expression Left, IReadOnlyList<ParameterValue> Items, bool Negated = false) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left];
    }

    public sealed record Not(Expression Of) : Expression
    {
        public override IEnumerable<Expression> Parts => [Of];
    }

    public sealed record Both(Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];
    }

    public sealed record Either(Expression Left, Expression Right) : Expression
    {
        public override IEnumerable<Expression> Parts => [Left, Right];
    }
}
