import type { LoopId } from '@pitboard/shared/domain/names.ts';
import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import type { Loop, Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { cleanName, idOf } from '../import/names.ts';
import type { MultiloopMessage, TrackSection } from './multiloop-message.ts';

export const FINISH_LOOP: Loop = { id: 'SF', kind: 'finish', metres: 0 };
const MOST_LOOPS = 64;

type TrackMessage = Extract<MultiloopMessage, { command: 'T' }>;

/** The circuit, as far as the feed tells of it. */
export type MultiloopCourse = {
  readonly circuit: Manifest['circuit'];
  /** @returns whether anything is new */
  onTrack(message: TrackMessage): boolean;
  /** A line on the track that was crossed. @returns whether it is new */
  learn(line: string): boolean;
  /** The loop of a line of the track; `undefined` for the finish line, lines in the pit lane, and what is not known. */
  loopOf(line: string): LoopId | undefined;
  /** Where a section ends. */
  endOf(section: string): string | undefined;
};

export function createCourse(): MultiloopCourse {
  let track: TrackMessage | undefined;
  let placed: readonly Loop[] = [];
  /** Lines that no map has, in order of their names. */
  let learnt: readonly Loop[] = [];
  const find = (line: string) => [...placed, ...learnt].find(({ id }) => id === idOf(line))?.id;
  return {
    get circuit() {
      const location = cleanName(track?.venue ?? '');
      const metres = Math.round(track?.metres ?? 0);
      return {
        name: cleanName(track?.name ?? '') ?? UNKNOWN_CIRCUIT,
        ...(location === undefined ? {} : { location }),
        ...(metres > 0 && metres <= 100_000 ? { lengthMetres: metres } : {}),
        loops: [FINISH_LOOP, ...placed, ...learnt].slice(0, MOST_LOOPS),
      };
    },
    onTrack: (message) => {
      if (JSON.stringify(message) === JSON.stringify(track)) return false;
      track = message;
      placed = loopsOf(message.sections);
      learnt = learnt.filter(({ id }) => placed.every((loop) => loop.id !== id));
      return true;
    },
    learn: (line) => {
      // Only a name that tells the order of the lines: one in the wrong place would miscount laps.
      if (!/^(?:IM?|S|T)\d{1,2}$/.test(line) || placed.length > 0 || find(line) !== undefined) return false;
      const loop: Loop = { id: line, kind: 'intermediate' };
      learnt = [...learnt, loop].sort((one, other) => numberIn(one) - numberIn(other)).slice(0, MOST_LOOPS - 1);
      return true;
    },
    loopOf: find,
    endOf: (name) => track?.sections.find((section) => section.name === name)?.to,
  };
}

export function isFinishLine(line: string): boolean {
  return /^(?:SF[TP]?|S\/F|FL)$/.test(line);
}

export function isPitIn(line: string): boolean {
  return /^P(?:IT)?[ _-]?IN?$/.test(line) || line === 'PIP';
}

export function isPitOut(line: string): boolean {
  return /^P(?:IT)?[ _-]?O(?:UT)?$/.test(line) || line === 'POP';
}

function numberIn({ id }: Loop): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0);
}

/** The ends of sections that lead on from start and finish, in order of their distance; not those of the pit lane. */
function loopsOf(sections: readonly TrackSection[]): readonly Loop[] {
  const metres = new Map<string, number>();
  const onTrack = sections.filter(({ from, to, name }) =>
    [from, to, name].every((line) => !/^P(?:$|[IO]|\d)/.test(line)),
  );
  // Sections stand in any order: each round places those that begin where another one ended.
  for (let placed = -1; placed < metres.size; ) {
    placed = metres.size;
    for (const { from, to, metres: length } of onTrack) {
      const start = isFinishLine(from) ? 0 : metres.get(from);
      if (start !== undefined && !isFinishLine(to) && !metres.has(to) && length > 0) metres.set(to, start + length);
    }
  }
  const loops = new Map<string, Loop>();
  for (const [line, distance] of [...metres].sort(([, one], [, other]) => one - other)) {
    const id = idOf(line);
    const isPlace = id !== '' && id !== FINISH_LOOP.id && distance <= 100_000 && !loops.has(id);
    if (isPlace) loops.set(id, { id, kind: 'sector', metres: Math.round(distance) });
  }
  return [...loops.values()].slice(0, MOST_LOOPS - 1);
}
