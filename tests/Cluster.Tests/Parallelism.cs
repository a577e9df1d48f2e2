// Real processes, which wait for most of their time.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
