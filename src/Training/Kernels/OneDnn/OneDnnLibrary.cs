using System.Runtime.InteropServices;

namespace FashionSweep.Training.Kernels.OneDnn;

/// <summary>The loaded oneDNN of this process: which one it is, and its one engine.</summary>
internal sealed unsafe class OneDnnLibrary
{
    private const int Cpu = 1;

    // Primitives are compiled per shape and kept: unbounded, a long sweep over many shapes would keep hundreds of megabytes.
    private const int CachedPrimitives = 64;

    // Upstream's name for 3.x, Debian 13's for its 3.7, and everyone's for 2.x.
    private static readonly string[] Names = ["libdnnl.so.3", "libdnnl.so.3.6", "libdnnl.so.2"];
    private static readonly Lazy<OneDnnLibrary?> Loaded = new(Load);

    private OneDnnLibrary()
    {
        var version = Native.dnnl_version();
        IsV3 = version->Major >= 3;
        var instructionSet = NameOf(Native.dnnl_get_effective_cpu_isa(), IsV3);
        HasAmx = instructionSet.Contains("amx", StringComparison.Ordinal);
        DoesBFloat16 = instructionSet.StartsWith("avx512", StringComparison.Ordinal) || instructionSet == "avx2_vnni_2";
        HasBFloat16 = HasAmx || instructionSet is "avx512_core_bf16" or "avx512_core_fp16";
        Description = $"oneDNN {version->Major}.{version->Minor}.{version->Patch} {instructionSet}";
        Check(Native.dnnl_set_primitive_cache_capacity(CachedPrimitives), "set the capacity of the primitive cache");
        Check(Native.dnnl_engine_create(out var engine, Cpu, 0), "create the engine");
        Engine = engine;
    }

    /// <summary>Null where no library of a known name can be loaded.</summary>
    public static OneDnnLibrary? Instance => Loaded.Value;

    public static string TriedNames => string.Join(", ", Names);

    public bool IsV3 { get; }

    /// <summary>Version and instruction set, as <c>oneDNN 2.6.3 avx512_core</c>.</summary>
    public string Description { get; }

    /// <summary>Units for products of bfloat16 tiles.</summary>
    public bool HasAmx { get; }

    /// <summary>It has products of bfloat16 numbers here, be it without instructions for them.</summary>
    public bool DoesBFloat16 { get; }

    /// <summary>Instructions for products of bfloat16 numbers.</summary>
    public bool HasBFloat16 { get; }

    /// <summary>Lives as long as the process.</summary>
    public nint Engine { get; }

    public static void Check(int status, string doing)
    {
        if (status == 0) return;
        var meaning = status switch { 1 => "out of memory", 2 => "invalid arguments", 3 => "unimplemented", 5 => "runtime error", _ => "unknown" };
        throw new KernelException($"oneDNN could not {doing}: status {status} ({meaning})");
    }

    private static OneDnnLibrary? Load()
    {
        nint handle = 0;
        if (!Names.Any(name => NativeLibrary.TryLoad(name, out handle))) return null;
        NativeLibrary.SetDllImportResolver(typeof(OneDnnLibrary).Assembly, (name, _, _) => name == Native.Library ? handle : 0);
        return new OneDnnLibrary();
    }

    // dnnl_types.h; 15 and the AMX sets have other numbers in 2.x and 3.x.
    private static string NameOf(int instructionSet, bool isV3) => (instructionSet, isV3) switch
    {
        (0x1, _) => "sse41",
        (0x3, _) => "avx",
        (0x7, _) => "avx2",
        (0xF, true) or (0x407, false) => "avx2_vnni",
        (0x1F, true) => "avx2_vnni_2",
        (0x27, _) => "avx512_core",
        (0x67, _) => "avx512_core_vnni",
        (0xE7, _) => "avx512_core_bf16",
        (0x1EF, true) => "avx512_core_fp16",
        (0x3E7, false) or (0xFEF, true) => "avx512_core_amx",
        (0x1FEF, true) => "avx512_core_amx_fp16",
        var (other, _) => $"isa 0x{other:x}",
    };
}
