// Real processes, which wait for most of their time. With more at once each would take more of the processor's time.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
