import type { RaceFact, RaceFactOf } from '@pitboard/shared/protocol/race-event.ts';
import { carNumberSchema } from '@pitboard/shared/protocol/scalars.ts';
import { cleanText, textOf } from './cells.ts';
import { flagOfState } from './flags.ts';
import { epochMsOf } from './service-manifest.ts';

type Category = RaceFactOf<'race-control-message'>['category'];

/** What Timing71 makes up from the screen by itself: the facts behind it are told already. */
const MADE_UP = new Set(['pb', 'sb', 'pit', 'out']);
/** A screen shows at most so many. */
const MOST_SHOWN = 100;
const MOST_KNOWN = 300;
/** New ones stand in front: behind so many known ones in a row there are none. */
const ENOUGH_KNOWN = 5;
/** A message that claims to be older or newer than that has a clock of its own. */
const FAR_MS = 86_400_000;

/** The messages of a session, each told once. */
export class MessageWatch {
  readonly #known = new Set<string>();

  /** @param messages newest first */
  take(messages: unknown, atMs: number, zeroEpochMs: number | undefined, facts: RaceFact[]): void {
    if (!Array.isArray(messages)) return;
    const news: (readonly unknown[])[] = [];
    let known = 0;
    for (const message of messages.slice(0, MOST_SHOWN) as unknown[]) {
      if (known === ENOUGH_KNOWN) break;
      if (!Array.isArray(message)) continue;
      const key = `${message[0]} ${textOf(message[1])} ${textOf(message[2])}`;
      known = this.#known.has(key) ? known + 1 : 0;
      if (known > 0) continue;
      this.#remember(key);
      news.unshift(message);
    }
    for (const message of news) {
      const fact = factOf(message, atMs, zeroEpochMs);
      if (fact !== undefined) facts.push(fact);
    }
  }

  #remember(key: string): void {
    this.#known.add(key);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** `[time, category, text, style?, car?]` */
function factOf(
  [time, , text, style, carNumber]: readonly unknown[],
  atMs: number,
  zeroEpochMs: number | undefined,
): RaceFact | undefined {
  const words = typeof text === 'string' ? cleanText(text, 1000) : '';
  const kind = typeof style === 'string' ? style : '';
  if (words === '' || MADE_UP.has(kind)) return undefined;
  const epochMs = epochMsOf(time);
  const ownMs = epochMs === undefined || zeroEpochMs === undefined ? atMs : epochMs - zeroEpochMs;
  const car = textOf(carNumber);
  return {
    type: 'race-control-message',
    atMs: Math.abs(ownMs - atMs) > FAR_MS || ownMs > atMs ? atMs : ownMs,
    text: words,
    category: categoryOf(kind),
    ...(carNumberSchema.safeParse(car).success ? { cars: [car] } : {}),
  };
}

function categoryOf(style: string): Category {
  const flag = flagOfState(style);
  if (flag !== undefined) return flag === 'safety-car' ? 'safety-car' : 'flag';
  return style === 'raceControl' ? 'information' : 'other';
}
