using FashionSweep.Coordinator.Storage;

namespace FashionSweep.Coordinator.Tests.Storage;

public sealed class InMemoryStoreTests : TrialStoreContract
{
    protected override ITrialStore Open() => new InMemoryStore();
}
