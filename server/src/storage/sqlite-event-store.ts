import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { RaceEvent, RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type Database from 'better-sqlite3';
import {
  checkSequence,
  type EventStore,
  LogExistsError,
  type LogId,
  type SourcePosition,
  type StoredSession,
  UnknownLogError,
} from './event-store.ts';
import { explainErrors, openSqliteFile } from './sqlite-file.ts';
import { Tails } from './tails.ts';

type SessionRow = {
  readonly log: string;
  readonly id: string;
  readonly manifest: string;
  readonly rate: number;
  readonly opened_epoch_ms: number;
  readonly closed: number;
};

/**
 * The store of a single server: one file, no set-up. One transaction an append, on disk before it resolves.
 * @throws {StoreFileError} when the file is damaged, foreign, or in use.
 */
export function createSqliteEventStore(file: string): EventStore {
  const database = openSqliteFile(file);
  const logs = new SqliteLogs(database);
  const guarded = async <T>(run: () => T): Promise<T> => explainErrors(file, run);
  const tails = new Tails((log, fromSeq, limit) => explainErrors(file, () => logs.read(log, fromSeq, limit)));
  return {
    sessions: () => guarded(() => logs.sessions()),
    openSession: (session) => guarded(() => logs.openSession(session)),
    setClosed: (log, state) => guarded(() => logs.setClosed(log, state === 'closed' ? 1 : 0)),
    removeSession: (log) => guarded(() => logs.removeSession(log)),
    head: (log) => guarded(() => logs.head(log)),
    append: async (log, events, source) => {
      await guarded(() => logs.append(log, events, source));
      tails.appended(log, events);
    },
    read: (log, fromSeq, limit) => guarded(() => logs.read(log, fromSeq, limit)),
    tail: (log, fromSeq, onEvents) => tails.follow(log, fromSeq, onEvents),
    sourceCursor: (log, source) => guarded(() => logs.sourceCursor(log, source)),
    close: async () => {
      database.close();
    },
  };
}

/** The statements of the store. Rows are trusted: they were checked before they were written. */
class SqliteLogs {
  readonly #database: Database.Database;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #numbers = new Map<LogId, number>();
  readonly append: (log: LogId, events: readonly RaceEvent[], source: SourcePosition | undefined) => void;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#statements = prepare(database);
    this.append = database.transaction(this.#append.bind(this)).immediate;
  }

  sessions(): StoredSession[] {
    return this.#statements.sessions.all().map((row) => ({
      id: row.id,
      log: row.log,
      manifest: JSON.parse(row.manifest) as Manifest,
      rate: row.rate,
      openedEpochMs: row.opened_epoch_ms,
      closed: row.closed === 1,
    }));
  }

  openSession({ log, id, manifest, rate, openedEpochMs, closed }: StoredSession): void {
    if (this.#statements.number.get(log) !== undefined) throw new LogExistsError(log);
    this.#statements.openSession.run(log, id, JSON.stringify(manifest), rate, openedEpochMs, closed ? 1 : 0);
  }

  setClosed(log: LogId, closed: 0 | 1): void {
    this.#statements.setClosed.run(closed, this.#numberOf(log));
  }

  removeSession(log: LogId): void {
    this.#database.prepare('DELETE FROM session WHERE log = ?').run(log);
    this.#numbers.delete(log);
  }

  head(log: LogId): number {
    return this.#statements.head.get(this.#numberOf(log)) ?? 0;
  }

  read(log: LogId, fromSeq: number, limit: number): RaceEvent[] {
    const rows = this.#statements.read.all(this.#numberOf(log), fromSeq, limit);
    return rows.map(({ seq, fact }) => ({ seq, ...(JSON.parse(fact) as RaceFact) }));
  }

  sourceCursor(log: LogId, source: string): number {
    return this.#statements.cursor.get(this.#numberOf(log), source) ?? 0;
  }

  #append(log: LogId, events: readonly RaceEvent[], source: SourcePosition | undefined): void {
    const number = this.#numberOf(log);
    checkSequence(this.head(log), events);
    for (const { seq, ...fact } of events) this.#statements.append.run(number, seq, JSON.stringify(fact));
    if (source !== undefined) this.#statements.setCursor.run(number, source.name, source.lastSourceSeq);
  }

  #numberOf(log: LogId): number {
    const number = this.#numbers.get(log) ?? this.#statements.number.get(log);
    if (number === undefined) throw new UnknownLogError(log);
    this.#numbers.set(log, number);
    return number;
  }
}

function prepare(database: Database.Database) {
  return {
    sessions: database.prepare<[], SessionRow>(
      'SELECT log, id, manifest, rate, opened_epoch_ms, closed FROM session ORDER BY number',
    ),
    openSession: database.prepare<[string, string, string, number, number, number]>(
      'INSERT INTO session (log, id, manifest, rate, opened_epoch_ms, closed) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    setClosed: database.prepare<[number, number]>('UPDATE session SET closed = ? WHERE number = ?'),
    number: database.prepare<[string], number>('SELECT number FROM session WHERE log = ?').pluck(),
    head: database.prepare<[number], number | null>('SELECT max(seq) FROM event WHERE session = ?').pluck(),
    append: database.prepare<[number, number, string]>('INSERT INTO event (session, seq, fact) VALUES (?, ?, ?)'),
    read: database.prepare<[number, number, number], { seq: number; fact: string }>(
      'SELECT seq, fact FROM event WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?',
    ),
    cursor: database
      .prepare<[number, string], number>('SELECT last_source_seq FROM source WHERE session = ? AND name = ?')
      .pluck(),
    setCursor: database.prepare<[number, string, number]>(
      `INSERT INTO source (session, name, last_source_seq) VALUES (?, ?, ?)
       ON CONFLICT (session, name) DO UPDATE SET last_source_seq = excluded.last_source_seq`,
    ),
  };
}
