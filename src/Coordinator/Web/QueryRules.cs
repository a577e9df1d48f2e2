using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// What a query must be like follows from the handler that it is for: a <c>string</c> is some text, an <c>int</c> a whole number from 0, and each is there
/// once. What is not is refused in our words: its name, its value, the rule.
/// </summary>
internal static class QueryRules
{
    /// <summary>An endpoint's filter that looks before the handler is called.</summary>
    public static EndpointFilterDelegate Check(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        Rule[] rules = [.. endpoint.MethodInfo.GetParameters().Select(RuleOf).OfType<Rule>()];
        return context => rules.Select(rule => rule.FindFault(context.HttpContext.Request.Query)).FirstOrDefault(fault => fault is not null) is { } fault
            ? ValueTask.FromResult<object?>(Problem.Of(StatusCodes.Status400BadRequest, fault))
            : next(context);
    }

    // What is neither comes from elsewhere.
    private static Rule? RuleOf(ParameterInfo parameter) => Type.GetTypeCode(parameter.ParameterType) switch
    {
        TypeCode.String => new Rule(parameter.Name!, "some text", value => value.Length > 0),
        TypeCode.Int32 => new Rule(parameter.Name!, $"a whole number from 0 to {int.MaxValue}", IsNumber),
        _ => null,
    };

    private static bool IsNumber(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private sealed record Rule(string Name, string Words, Func<string, bool> Holds)
    {
        public string? FindFault(IQueryCollection query) => query[Name] switch
        {
            [] => $"{Name} is missing, must be {Words}",
            [{ } value] => Holds(value) ? null : $"{Name} is '{value}', must be {Words}",
            var values => $"{Name} is there {values.Count} times, must be there once",
        };
    }
}
