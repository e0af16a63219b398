import type { RaceFact } from '@pitboard/shared/protocol/race-event.ts';
import type { FeedSink } from '../feed/feed.ts';
import { type Heard, type HeardMessage, HeldLines } from './held-lines.ts';
import { isCleared, isOfRunBefore, isRenamed, NextRun } from './next-run.ts';
import type { Heartbeat, RmonitorMessage } from './rmonitor-message.ts';
import { Run } from './run.ts';
import { isRunning } from './run-clock.ts';
import { type HeardBeat, keyOfRun, type MaybeRunName, type RunName } from './run-key.ts';
import { isTable, TableMemory } from './table-memory.ts';

/** Orbits gives a run this number when it is closed, and leaves its name. */
const CLOSED_RUN = '95';
/** More runs than an event has: the oldest is forgotten. */
const MOST_RUNS = 40;
const MOST_FORGOTTEN = 10_000;

/**
 * Which run the lines of a timing computer belong to, and so which session their facts. After a connection and after a reset
 * everything is told anew, in any order: it is held until it is clear whose it is.
 */
export class RunSwitch {
  readonly #sink: Pick<FeedSink, 'session' | 'facts'>;
  readonly #runs = new Map<string, Run>();
  readonly #forgotten = new Set<string>();
  readonly #held = new HeldLines();
  readonly #tables = new TableMemory();
  readonly #next = new NextRun();
  #run: Run | undefined;
  #facts: RaceFact[] = [];

  constructor(sink: Pick<FeedSink, 'session' | 'facts'>) {
    this.#sink = sink;
  }

  /** The connection was made anew: whatever comes now may have been told before. */
  hold(): void {
    if (this.#held.isWorthReading) this.#release();
    this.#held.begin();
  }

  take(message: RmonitorMessage, heard: Heard): void {
    const run = this.#run;
    const isOther =
      message.kind === 'run' &&
      (message.number !== run?.number || run.isClosed || (!run.clock.isRunning && isRenamed(run, message)));
    if (message.kind === 'reset' || isOther) this.#held.begin();
    if (!this.#held.isHolding) this.#pass({ message, heard });
    else if (this.#held.add({ message, heard }, run !== undefined)) this.#release();
  }

  /** A note of whoever made the recording. */
  note(text: string, epochMs: number | undefined): void {
    this.#run?.note(text, epochMs);
  }

  /** Hands over what was found. */
  flush(): void {
    if (this.#facts.length === 0) return;
    const facts = this.#facts;
    this.#facts = [];
    this.#sink.facts(facts);
  }

  /** Nothing more comes: what is held has to do. */
  end(): void {
    if (this.#held.isWorthReading) this.#release();
    this.flush();
  }

  #release(): void {
    const held = this.#held.release();
    const named = held.findLast(({ message }) => message.kind === 'run')?.message;
    const heard = held.findLast(({ message }) => message.kind === 'heartbeat');
    const beat = heard?.message.kind === 'heartbeat' ? heard.message : undefined;
    const before = this.#run;
    this.#choose(named?.kind === 'run' ? named : undefined, held, { beat, epochMs: heard?.heard.epochMs });
    const run = this.#run;
    if (run === undefined) return;
    const messages = held.map(({ message }) => message);
    if (run.number !== before?.number) this.#forget();
    else if (run !== before) this.#startAgain(run, messages);
    const isNews = !run.clock.isRepeating;
    const isReset = run === before && messages.some(({ kind }) => kind === 'reset');
    if (isNews && isReset && isCleared(run, held, beat)) this.#next.expect();
    if (isNews) {
      for (const message of messages) if (isTable(message) && !this.#next.isAwaited) this.#learn(message);
    }
    this.#open(run);
    for (const each of held) if (!isTable(each.message) || this.#next.isAwaited) this.#pass(each);
  }

  #choose(named: RunName | undefined, held: readonly HeardMessage[], { beat, epochMs }: HeardBeat): void {
    const run = this.#run;
    const isAnew = run !== undefined && isStartedAnew(run, beat);
    // Whether the scoreboard was cleared by the timing computer, and not by a relay.
    const isReset = held.some(({ message }) => message.kind === 'reset' && message.dayEpochMs !== undefined);
    // A run that nobody named may get its name, while its clock runs on.
    const isUnnamed = isReset && run?.number === undefined && beat !== undefined && !isRunning(beat);
    const isSame = run !== undefined && (named === undefined || (isRun(run, named) && !isUnnamed));
    const isNext = run !== undefined && named !== undefined && isRenamed(run, named) && isCleared(run, held, beat);
    if (isSame && !isNext && !isAnew) return;
    const name = named ?? { number: run?.number, name: run?.tables.name ?? '' };
    this.#switchTo(name, { beat, epochMs });
  }

  #switchTo({ number, name }: MaybeRunName, { beat, epochMs }: HeardBeat): void {
    const base = keyOfRun({ number, name }, { beat, epochMs });
    const isTaken = (key: string) => {
      const known = this.#runs.get(key);
      return this.#forgotten.has(key) || (known !== undefined && isStartedAnew(known, beat));
    };
    let key = base;
    for (let count = 2; isTaken(key); count++) key = `${base}-${count}`;
    const known = this.#runs.get(key);
    // What is told again of an earlier run says nothing of the one that goes on.
    if (known?.clock.isRepeating !== true) this.#run?.close();
    this.flush();
    this.#run = known ?? this.#add(new Run({ key, number, name, onFact: (fact) => this.#facts.push(fact) }));
    if (known !== undefined) this.#sink.session(key, known.manifest());
  }

  #add(run: Run): Run {
    this.#runs.set(run.key, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > MOST_RUNS && oldest !== undefined) {
      this.#runs.delete(oldest);
      if (this.#forgotten.size < MOST_FORGOTTEN) this.#forgotten.add(oldest);
    }
    return run;
  }

  #open(run: Run): void {
    const manifest = run.open();
    if (manifest === undefined) return;
    this.#sink.session(run.key, manifest);
    run.tellOutcomes();
  }

  #learn(message: RmonitorMessage): void {
    const run = this.#run;
    if (run === undefined) return;
    if (message.kind === 'run' && message.number !== run.number && run.number !== undefined) {
      // [N7] The run is closed, and everything that was driven in it stands.
      if (message.number === CLOSED_RUN) run.close();
      return;
    }
    this.#tables.learn(message);
    run.learn(message);
  }

  #pass({ message, heard }: HeardMessage): void {
    const run = this.#run;
    if (run === undefined || this.#mustWait(run, message)) return;
    if (message.kind === 'heartbeat') this.#onBeat(run, message, heard);
    else if (run.clock.isRepeating) return;
    else if (isTable(message)) this.#learn(message);
    else run.take(message);
  }

  #onBeat(run: Run, beat: Heartbeat, heard: Heard): void {
    const verdict = run.clock.judge(beat);
    if (verdict === 'straggler' || verdict === 'repeat') return;
    if (verdict !== 'restart' || !run.hasLaps) {
      run.onBeat(beat, heard);
      return;
    }
    // [N10] The same run from the start: another race.
    this.#switchTo({ number: run.number, name: run.tables.name }, { beat, epochMs: heard.epochMs });
    const next = this.#run as Run;
    const told = this.#next.take();
    this.#startAgain(next, told);
    this.#open(next);
    next.onBeat(beat, heard);
    for (const message of told) if (!isTable(message)) next.take(message);
  }

  #mustWait(run: Run, message: RmonitorMessage): boolean {
    if (!this.#next.isAwaited || isOfOther(run, message)) return false;
    const isBeat = message.kind === 'heartbeat' && isRunning(message);
    if (!isOfRunBefore(message) && !(isBeat && run.clock.judge(message) === 'next')) return this.#next.add(message);
    // The same run goes on.
    for (const told of this.#next.take()) {
      if (isTable(told)) this.#learn(told);
      else run.take(told);
    }
    return false;
  }

  #forget(): void {
    this.#tables.forget();
    this.#next.take();
  }

  /** [N10] The cars that were told since the scoreboard was cleared, else the same ones. */
  #startAgain(run: Run, told: readonly RmonitorMessage[]): void {
    const tables = [...this.#next.take(), ...told].filter((message) => isTable(message) && !isOfOther(run, message));
    if (tables.some(({ kind }) => kind === 'competitor')) this.#tables.forgetCars();
    for (const message of tables) this.#tables.learn(message);
    if (!run.clock.isRepeating) for (const message of this.#tables.all()) run.learn(message);
  }
}

function isOfOther(run: Run, message: RmonitorMessage): boolean {
  return message.kind === 'run' && message.number !== run.number;
}

function isRun(run: Run, { number, name }: RunName): boolean {
  if (run.number === undefined || run.number === number) return true;
  return number === CLOSED_RUN && run.tables.name === name;
}

/** Laps were driven, and now the clock of the race begins again. */
function isStartedAnew(run: Run, beat: Heartbeat | undefined): boolean {
  return beat !== undefined && run.clock.judge(beat) === 'restart' && run.hasLaps;
}
