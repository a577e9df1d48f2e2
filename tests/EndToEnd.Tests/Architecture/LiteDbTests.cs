using Mono.Cecil;
using Mono.Cecil.Cil;

namespace FashionSweep.EndToEnd.Tests.Architecture;

/// <summary>Holds which of LiteDB is used: its engine, on raw documents, by key.</summary>
/// <remarks>
/// The rest has traps. Its mapper trims texts and makes empty ones null; LINQ fails on arrays; SQL text writes files where it is told to; a rebuild fails
/// and leaves half of it behind; a rollback breaks the database; its own files are not durable, let a second writer in and write over what is not theirs.
/// </remarks>
public sealed class LiteDbTests
{
    private static readonly string[] Documents = ["BsonValue", "BsonDocument", "BsonArray", "BsonType", "BsonAutoId", "IBsonDataReader", "Query"];

    private static readonly string[] Others =
    [
        "LiteEngine::.ctor(LiteDB.Engine.EngineSettings)", "LiteEngine::BeginTrans()", "LiteEngine::Commit()", "LiteEngine::Checkpoint()",
        "LiteEngine::Query(", "LiteEngine::Insert(", "LiteEngine::Update(", "LiteEngine::Upsert(", "LiteEngine::Delete(",
        "LiteEngine::Pragma(", "LiteEngine::Dispose()",
        "EngineSettings::.ctor()", "EngineSettings::set_DataStream(", "EngineSettings::set_LogStream(", "EngineSettings::set_TempStream(",
        "EngineSettings::set_ReadOnly(", "EngineSettings::set_Collation(", "Collation::Binary", "BsonExpression::Create(",
    ];

    [Fact]
    public void OnlyItsEngineAndRawDocumentsAreUsed()
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "fsweep.dll"));
        Used(module).Where(used => !IsAllowed(used.Member)).Select(used => $"{used.By} uses {used.Member}").ShouldBeEmpty();
        Used(module).ShouldNotBeEmpty();
    }

    [Fact]
    public void NoTextButItsOwnBecomesAnExpression()
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "fsweep.dll"));
        var making = Methods(module)
            .Where(method => Named(method).Any(member => member.StartsWith("BsonExpression::Create(", StringComparison.Ordinal)))
            .ToList();
        making.ShouldNotBeEmpty();
        foreach (var method in making)
        {
            // Each has a constant for it, and nothing that puts texts together.
            var calls = method.Body.Instructions.Count(one => one.Operand is MethodReference { Name: "Create", DeclaringType.Name: "BsonExpression" });
            method.Body.Instructions.Count(one => one.OpCode == OpCodes.Ldstr).ShouldBeGreaterThanOrEqualTo(calls, method.FullName);
            Named(method).Where(PutsTextsTogether).ShouldBeEmpty(method.FullName);
        }
    }

    private static bool PutsTextsTogether(string member) =>
        member.Contains("String::", StringComparison.Ordinal) || member.Contains("InterpolatedString", StringComparison.Ordinal);

    private static bool IsAllowed(string member) =>
        Documents.Any(type => member.StartsWith($"{type}::", StringComparison.Ordinal)) || Others.Any(one => member.StartsWith(one, StringComparison.Ordinal));

    private static IEnumerable<(string By, string Member)> Used(ModuleDefinition module) =>
        from method in Methods(module)
        from one in method.Body.Instructions
        let member = one.Operand as MemberReference
        where member is MethodReference or FieldReference
        where member.DeclaringType.Namespace.StartsWith("LiteDB", StringComparison.Ordinal)
        select (method.FullName, NameOf(member));

    private static IEnumerable<string> Named(MethodDefinition method) =>
        method.Body.Instructions.Select(one => one.Operand).OfType<MethodReference>().Select(NameOf);

    // As LiteEngine::Commit().
    private static string NameOf(MemberReference member) => $"{member.DeclaringType.Name}::{member.Name}" + (member is MethodReference method
        ? $"({string.Join(",", method.Parameters.Select(one => one.ParameterType.FullName))})"
        : "");

    private static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.Types.SelectMany(WithNested).SelectMany(type => type.Methods).Where(method => method.HasBody);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];
}
