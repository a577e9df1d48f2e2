namespace FashionSweep.Coordinator.Storage;

/// <summary>The tables, as the steps that have led to them. A step that was released stays as it is: there are stores that have taken it.</summary>
internal static class SqliteSchema
{
    /// <summary>Since when results have a report.</summary>
    public const int WithReports = 2;

    /// <summary>Since when sweeps can change and end for a reason, and results can be without a checkpoint.</summary>
    public const int WithBudgets = 3;

    /// <summary>Since when sweeps say how often they train each configuration.</summary>
    public const int WithRepeats = 4;

    /// <summary>Since when attempts say whether they count against their trial.</summary>
    public const int WithHeld = 5;

    /// <summary>Since when sweeps say by which rules their file is read.</summary>
    public const int WithRules = 6;

    private const string Tables = """
        -- The names of sweeps and the numbers of trials are the keys, so that the tables read well in any SQLite client.
        -- Times are UTC in ISO 8601. A loss that is not a number is NULL: SQLite has no other way to say it.

        CREATE TABLE sweeps (
          id INTEGER PRIMARY KEY,
          name TEXT NOT NULL UNIQUE,
          file TEXT NOT NULL,
          source TEXT NOT NULL,
          metric TEXT NOT NULL,
          goal TEXT NOT NULL,
          total INTEGER NOT NULL,
          created_at TEXT NOT NULL,
          outcome TEXT                    -- complete, stopped, no_nodes; NULL while it runs, or where its coordinator died
        ) STRICT;

        CREATE TABLE trials (
          sweep TEXT NOT NULL REFERENCES sweeps (name),
          number INTEGER NOT NULL,
          parameters TEXT NOT NULL,       -- JSON: every hyperparameter, so that the record stands alone
          metric TEXT NOT NULL,
          goal TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'completed', 'diverged', 'failed')),
          attempt INTEGER NOT NULL,       -- the latest
          reason TEXT,
          PRIMARY KEY (sweep, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE attempts (
          sweep TEXT NOT NULL,
          number INTEGER NOT NULL,
          attempt INTEGER NOT NULL,
          node TEXT NOT NULL,
          started_at TEXT NOT NULL,
          ended_at TEXT,
          outcome TEXT,                   -- completed, diverged, failed, lost, stopped; NULL while it runs
          reason TEXT,
          PRIMARY KEY (sweep, number, attempt),
          FOREIGN KEY (sweep, number) REFERENCES trials (sweep, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE epochs (
          sweep TEXT NOT NULL,
          number INTEGER NOT NULL,
          attempt INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          train_loss REAL,
          train_accuracy REAL NOT NULL,
          validation_loss REAL,
          validation_accuracy REAL NOT NULL,
          seconds REAL NOT NULL,
          PRIMARY KEY (sweep, number, attempt, epoch),
          FOREIGN KEY (sweep, number, attempt) REFERENCES attempts (sweep, number, attempt)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkpoints (
          sha256 TEXT PRIMARY KEY,        -- of the file's bytes, and the file's name
          bytes INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- One row for a trial, ever: the primary key refuses a second result.
        CREATE TABLE results (
          sweep TEXT NOT NULL,
          number INTEGER NOT NULL,
          attempt INTEGER NOT NULL,
          best_epoch INTEGER NOT NULL,
          epochs INTEGER NOT NULL,
          train_loss REAL,
          train_accuracy REAL NOT NULL,
          validation_loss REAL,
          validation_accuracy REAL NOT NULL,
          test_loss REAL,
          test_accuracy REAL NOT NULL,
          parameter_count INTEGER NOT NULL,
          weights_sha256 TEXT NOT NULL,
          seconds REAL NOT NULL,
          checkpoint TEXT NOT NULL REFERENCES checkpoints (sha256),
          environment TEXT NOT NULL,      -- JSON: kernels, processor, versions
          PRIMARY KEY (sweep, number),
          FOREIGN KEY (sweep, number, attempt) REFERENCES attempts (sweep, number, attempt)
        ) STRICT, WITHOUT ROWID;
        """;
    private const string Reports = """
        -- JSON: confusion matrix, top-2 accuracy and calibration error on the test set; NULL where an older release trained.
        ALTER TABLE results ADD COLUMN test_report TEXT;
        """;

    private const string Budgets = """
        -- A check can't be altered: the table is made anew. Its rows are referred to by name, and the names stay.
        CREATE TABLE trials_with_pruned (
          sweep TEXT NOT NULL REFERENCES sweeps (name),
          number INTEGER NOT NULL,
          parameters TEXT NOT NULL,       -- JSON: every hyperparameter, so that the record stands alone
          metric TEXT NOT NULL,
          goal TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'completed', 'pruned', 'diverged', 'failed')),
          attempt INTEGER NOT NULL,       -- the latest
          reason TEXT,
          PRIMARY KEY (sweep, number)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO trials_with_pruned SELECT * FROM trials;
        DROP TABLE trials;
        ALTER TABLE trials_with_pruned RENAME TO trials;

        -- Of an outcome that needs one.
        ALTER TABLE sweeps ADD COLUMN reason TEXT;

        -- 0 where the sweep keeps better ones in its stead.
        ALTER TABLE results ADD COLUMN checkpoint_kept INTEGER NOT NULL DEFAULT 1;

        -- What was changed on a sweep after its start.
        CREATE TABLE changes (
          id INTEGER PRIMARY KEY,
          sweep TEXT NOT NULL REFERENCES sweeps (name),
          at TEXT NOT NULL,
          change TEXT NOT NULL            -- JSON
        ) STRICT;
        """;

    private const string Repeats = """
        -- Trials stand in groups of so many by number: each group is one configuration with other seeds.
        ALTER TABLE sweeps ADD COLUMN seeds INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE sweeps ADD COLUMN aggregate TEXT NOT NULL DEFAULT 'mean';
        """;

    private const string Held = """
        -- 1 where it counts against its trial, which is to run again: an error of its own, or a death of its node. What older releases stored is forgiven.
        ALTER TABLE attempts ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
        """;

    private const string Rules = """
        -- By which rules the sweep's file is read: what older releases stored goes on by theirs.
        ALTER TABLE sweeps ADD COLUMN rules TEXT NOT NULL DEFAULT 'earlier';
        """;

    /// <summary>The n-th makes version n of version n - 1; version 0 is an empty database.</summary>
    private static readonly string[] Steps = [Tables, Reports, Budgets, Repeats, Held, Rules];

    public static int Version => Steps.Length;

    /// <summary>Brings a database up to date, with all its rows, in one transaction.</summary>
    /// <remarks>To make a table anew, it is dropped for a moment: foreign keys are not looked at until the end.</remarks>
    public static string From(long version) =>
        $"PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; {string.Concat(Steps.Skip((int)version))} "
        + $"PRAGMA user_version = {Version}; COMMIT; PRAGMA foreign_keys = ON";
}
