-- A store as schema version 1 left it: a real sweep of two trials, dumped by SQLite.
PRAGMA user_version = 1;

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
INSERT INTO "sweeps" VALUES(1,'old','old.yaml','name: old
method: grid
parameters:
  depth: [0, 1]
  learning_rate: 0.001
  width: 16
  epochs: 1
  batch_size: 512
','validation_accuracy','maximize',2,'2026-11-21T08:32:50.6128369Z','complete');

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
INSERT INTO "trials" VALUES('old',1,'{"activation":"relu","alpha":0.99,"batch_norm":false,"batch_size":512,"beta1":0.9,"beta2":0.999,"blocks":2,"decay":0.1,"depth":0,"dropout":0.0,"early_stopping":"none","epochs":1,"epsilon":1E-08,"erasing":0.0,"filters":16,"flip":0.0,"freeze":0,"gradient_clip":0.0,"label_smoothing":0.0,"learning_rate":0.001,"loss":"cross_entropy","min_delta":0.0,"min_learning_rate":0.0,"mixup":0.0,"model":"mlp","momentum":0.0,"momentum_decay":0.004,"nesterov":false,"normalization":"unit","optimizer":"adam","patience":5,"plateau_patience":3,"precision":"auto","rotation":0.0,"schedule":"constant","seed":1,"shift":0,"split_seed":1,"stages":3,"start_from":"none","step_epochs":10,"validation_fraction":0.1,"warmup_epochs":0.0,"weight_decay":0.0,"weight_init":"pytorch","width":16}','validation_accuracy','maximize','completed',1,NULL);
INSERT INTO "trials" VALUES('old',2,'{"activation":"relu","alpha":0.99,"batch_norm":false,"batch_size":512,"beta1":0.9,"beta2":0.999,"blocks":2,"decay":0.1,"depth":1,"dropout":0.0,"early_stopping":"none","epochs":1,"epsilon":1E-08,"erasing":0.0,"filters":16,"flip":0.0,"freeze":0,"gradient_clip":0.0,"label_smoothing":0.0,"learning_rate":0.001,"loss":"cross_entropy","min_delta":0.0,"min_learning_rate":0.0,"mixup":0.0,"model":"mlp","momentum":0.0,"momentum_decay":0.004,"nesterov":false,"normalization":"unit","optimizer":"adam","patience":5,"plateau_patience":3,"precision":"auto","rotation":0.0,"schedule":"constant","seed":1,"shift":0,"split_seed":1,"stages":3,"start_from":"none","step_epochs":10,"validation_fraction":0.1,"warmup_epochs":0.0,"weight_decay":0.0,"weight_init":"pytorch","width":16}','validation_accuracy','maximize','completed',1,NULL);

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
INSERT INTO "attempts" VALUES('old',1,1,'node-1','2026-11-21T08:32:51.1848226Z','2026-11-21T08:32:51.7068982Z','completed',NULL);
INSERT INTO "attempts" VALUES('old',2,1,'node-1','2026-11-21T08:32:51.1848226Z','2026-11-21T08:32:51.7371994Z','completed',NULL);

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
INSERT INTO "epochs" VALUES('old',1,1,1,1.03868939895493928027e+00,6.80888888888888876849e-01,7.00478292889753717531e-01,7.83333333333333325931e-01,0.1285035);
INSERT INTO "epochs" VALUES('old',2,1,1,1.13981656395810571069e+00,6.49518518518518495064e-01,7.04412468839467842407e-01,0.781,0.2688988);

CREATE TABLE checkpoints (
  sha256 TEXT PRIMARY KEY,        -- of the file's bytes, and the file's name
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "checkpoints" VALUES('a8603062aa3e7abd35605b93d9223d7d5e29aa545562b2472e2e76e1fa5dd030',53600);
INSERT INTO "checkpoints" VALUES('f5208757a9d5d580557e3cb8aefd7cad929e8cf677d4440e998fba0732cafad6',33944);

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
INSERT INTO "results" VALUES('old',1,1,1,1,1.03868939895493928027e+00,6.80888888888888876849e-01,7.00478292889753717531e-01,7.83333333333333325931e-01,7.31114254898473481247e-01,0.7618,7850,'3a24116f67b373c23fda1b5334773b5630741c9e06bdaf8e3ba4797a1bc1eb70',0.1599724,'f5208757a9d5d580557e3cb8aefd7cad929e8cf677d4440e998fba0732cafad6','{"Kernels":"oneDNN 2.6.3 avx512_core_bf16","Precision":"fp32","Engine":"FashionSweep 0.1.0","Processor":"AMD EPYC","Runtime":".NET 10.0.12","OperatingSystem":"Debian GNU/Linux 12 (bookworm)","Host":"vm"}');
INSERT INTO "results" VALUES('old',2,1,1,1,1.13981656395810571069e+00,6.49518518518518495064e-01,7.04412468839467842407e-01,0.781,7.35510266046537242168e-01,0.761,12730,'bf84ec35d67e97bc1718fb10e3809b0d0499641808affc78e51b437adbc6cc2e',0.2796945,'a8603062aa3e7abd35605b93d9223d7d5e29aa545562b2472e2e76e1fa5dd030','{"Kernels":"oneDNN 2.6.3 avx512_core_bf16","Precision":"fp32","Engine":"FashionSweep 0.1.0","Processor":"AMD EPYC","Runtime":".NET 10.0.12","OperatingSystem":"Debian GNU/Linux 12 (bookworm)","Host":"vm"}');
