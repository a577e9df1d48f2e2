using Mono.Cecil;
using Mono.Cecil.Cil;

namespace FashionSweep.EndToEnd.Tests.Architecture;

/// <summary>The rooms of some assemblies, and which of them name which others: read from what was compiled, method bodies included.</summary>
/// <remarks>A room is a folder of a project, and so a namespace; what lies deeper in it belongs to it.</remarks>
internal sealed class AssemblyRooms
{
    private readonly Dictionary<string, SortedDictionary<string, string>> _arrows = [];

    /// <param name="roomOf">The room of a namespace; null where it is nobody's here.</param>
    public AssemblyRooms(IEnumerable<string> files, Func<string, string?> roomOf)
    {
        foreach (var file in files)
        {
            using var module = ModuleDefinition.ReadModule(file);
            foreach (var type in module.Types.SelectMany(WithNested))
                if (roomOf(NamespaceOf(type)) is { } room) Add(room, type, roomOf);
        }
    }

    public IReadOnlyCollection<string> Rooms => _arrows.Keys;

    /// <summary>The rooms that a room names, and for each of them a type of the room that does.</summary>
    public IReadOnlyDictionary<string, string> ArrowsOf(string room) => _arrows[room];

    /// <summary>Rooms that lead back to themselves, as <c>A → B → A</c>.</summary>
    public IEnumerable<string> Circles()
    {
        foreach (var room in _arrows.Keys.Order(StringComparer.Ordinal))
            if (PathBack(room) is { } path) yield return string.Join(" → ", path.Select(step => $"{step}"));
    }

    private void Add(string room, TypeDefinition type, Func<string, string?> roomOf)
    {
        if (!_arrows.TryGetValue(room, out var arrows)) _arrows[room] = arrows = [];
        foreach (var named in NamedBy(type).SelectMany(Parts))
            if (roomOf(NamespaceOf(named)) is { } other && other != room) arrows.TryAdd(other, $"{type.FullName} names {named.FullName}");
    }

    private List<string>? PathBack(string start)
    {
        var (from, ahead) = (new Dictionary<string, string>(), new Queue<string>([start]));
        while (ahead.TryDequeue(out var room))
        {
            foreach (var next in _arrows.GetValueOrDefault(room)?.Keys ?? Enumerable.Empty<string>())
            {
                if (next != start && from.TryAdd(next, room)) ahead.Enqueue(next);
                if (next != start) continue;
                List<string> path = [start];
                for (var at = room; at != start; at = from[at]) path.Insert(0, at);
                return [start, .. path];
            }
        }
        return null;
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];

    private static string NamespaceOf(TypeReference type) => type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;

    private static IEnumerable<TypeReference> NamedBy(TypeDefinition type) =>
    [
        .. Maybe(type.BaseType), .. type.Interfaces.Select(one => one.InterfaceType), .. type.CustomAttributes.SelectMany(NamedBy),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Fields.Select(field => field.FieldType), .. type.Fields.SelectMany(field => field.CustomAttributes).SelectMany(NamedBy),
        .. type.Properties.SelectMany(property => property.CustomAttributes).SelectMany(NamedBy), .. type.Methods.SelectMany(NamedBy),
    ];

    private static IEnumerable<TypeReference> NamedBy(MethodDefinition method) =>
    [
        .. Signature(method), .. method.CustomAttributes.SelectMany(NamedBy),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(NamedBy) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.SelectMany(handler => Maybe(handler.CatchType)) : [],
    ];

    private static IEnumerable<TypeReference> NamedBy(CustomAttribute attribute) =>
    [
        attribute.AttributeType,
        .. attribute.ConstructorArguments
            .Concat(attribute.Properties.Select(property => property.Argument))
            .Select(argument => argument.Value)
            .OfType<TypeReference>(),
    ];

    private static IEnumerable<TypeReference> NamedBy(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method => [method.DeclaringType, .. Signature(method), .. method is GenericInstanceMethod generic ? generic.GenericArguments : []],
        FieldReference field => [field.DeclaringType, field.FieldType],
        TypeReference type => [type],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
        [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference> Maybe(TypeReference? type) => type is null ? [] : [type];

    // List<Trial>[] names List and Trial.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        GenericParameter => [],
        FunctionPointerType function => [.. Parts(function.ReturnType), .. function.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))],
        TypeSpecification part => Parts(part.ElementType),
        _ => [type],
    };
}
