// Real processes, which wait for much of their time. With more at once each would take more of the processor's time.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
