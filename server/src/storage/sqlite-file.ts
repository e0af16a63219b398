import Database from 'better-sqlite3';
import { StoreFileError } from './event-store.ts';

/** Marks a file as ours: "PITB". */
const APPLICATION_ID = 0x50495442;

/** Each step brings the schema to the version of its place, counted from 1. Steps are never edited, only added. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE session (
     number INTEGER PRIMARY KEY,
     log TEXT NOT NULL UNIQUE,
     id TEXT NOT NULL,
     manifest TEXT NOT NULL,
     rate REAL NOT NULL,
     opened_epoch_ms INTEGER NOT NULL,
     closed INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE event (
     session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
     seq INTEGER NOT NULL,
     fact TEXT NOT NULL,
     PRIMARY KEY (session, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE source (
     session INTEGER NOT NULL REFERENCES session (number) ON DELETE CASCADE,
     name TEXT NOT NULL,
     last_source_seq INTEGER NOT NULL,
     PRIMARY KEY (session, name)
   ) STRICT, WITHOUT ROWID;`,
];

/**
 * Opens a database file, made new or brought up to date.
 * @throws {StoreFileError}
 */
export function openSqliteFile(file: string): Database.Database {
  return explainErrors(file, () => {
    const database = new Database(file, { timeout: 500 });
    try {
      // One server owns a file: a second one would not see what the first has in memory.
      database.pragma('locking_mode = EXCLUSIVE');
      checkOwner(database, file);
      database.pragma('journal_mode = WAL');
      // Every commit reaches the disk before an acknowledgement leaves.
      database.pragma('synchronous = FULL');
      database.pragma('foreign_keys = ON');
      migrate(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function checkOwner(database: Database.Database, file: string): void {
  const owner = database.pragma('application_id', { simple: true });
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (owner !== APPLICATION_ID && (owner !== 0 || tables !== 0)) {
    throw new StoreFileError(file, 'this is the database of another program; choose another data folder');
  }
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > MIGRATIONS.length) {
    throw new StoreFileError(file, `written by a newer Pitboard (schema ${version}); update this one`);
  }
}

function migrate(database: Database.Database): void {
  const run = database.transaction(() => {
    const version = database.pragma('user_version', { simple: true }) as number;
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  run.immediate();
}

/**
 * Runs something that touches a database file and says in plain words what is wrong with the file.
 * @throws {StoreFileError}
 */
export function explainErrors<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const problem = error instanceof Database.SqliteError ? describe(error.code, error.message) : undefined;
    if (problem === undefined) throw error;
    throw new StoreFileError(file, problem);
  }
}

function describe(code: string, message: string): string | undefined {
  const damaged = 'damaged, or no database at all; restore it from a copy, or move it away to start afresh';
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return damaged;
  if (code.startsWith('SQLITE_BUSY')) return 'another Pitboard server is using this data folder';
  if (code.startsWith('SQLITE_FULL')) return 'the disk is full';
  if (/^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/.test(code)) return `cannot be read and written (${message})`;
  return undefined;
}
