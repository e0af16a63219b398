import type { Championship } from '../protocol/manifest.ts';
import { settled, type TitleField } from './title-field.ts';
import { neededBy, type TitleNeeds } from './title-needs.ts';
import { type Contender, canReach, contendersOf, isSafeFrom } from './title-reach.ts';

export type TitleRow = {
  /** Driver id or team name, as the championship counts. */
  readonly competitor: string;
  readonly before: number;
  /** Points of this session, if it ended as it stands. */
  readonly gained: number;
  readonly points: number;
  /** The most points that he can have after this session. */
  readonly best: number;
  /** Shared by competitors that nothing tells apart. */
  readonly position: number;
  /** Level with another on points, and nothing decides between them. */
  readonly tied: boolean;
  /** Still able to score in this session. */
  readonly scoring: boolean;
  /** The title is his, out of his reach, or open. */
  readonly status: 'clinched' | 'open' | 'lost';
  readonly needs: TitleNeeds | undefined;
};

export type TitleState = {
  readonly championship: Championship;
  /** Leader first. */
  readonly rows: readonly TitleRow[];
  /** `decided` before this session; `clinched` in it; `open` as long as others can still win. */
  readonly status: 'decided' | 'clinched' | 'open';
  readonly champion: string | undefined;
  /** Of the best-placed competitor who has it in his own hands; else of the first who is champion with others as they stand. */
  readonly needs: { readonly competitor: string; readonly position: number } | undefined;
};

/** A championship as it would stand if the session ended now. */
export function titleState(championship: Championship, asItStands: TitleField): TitleState {
  const field = settled(asItStands);
  const contenders = contendersOf(championship, field).toSorted(compareContenders);
  const champion = championship.decided?.competitor ?? clinchedBy(championship, contenders);
  const rows = contenders.map((own): TitleRow => {
    const points = totalOf(own);
    const place = contenders.findIndex((other) => isLevel(own, other));
    const status = statusOf(championship, contenders, { own, champion });
    return {
      competitor: own.competitor,
      before: own.before,
      gained: own.now,
      points,
      best: own.before + own.max,
      position: place + 1,
      tied: contenders.some((other) => other !== own && isLevel(own, other)),
      scoring: own.racing.length > 0,
      status,
      needs: champion === undefined && status === 'open' ? neededBy(championship, field, own) : undefined,
    };
  });
  const how = champion === undefined ? 'open' : championship.decided === undefined ? 'clinched' : 'decided';
  return { championship, rows, status: how, champion, needs: foremostNeeds(rows) };
}

function totalOf(contender: Contender): number {
  return contender.before + contender.now;
}

/** [H8] Of equal points more wins stand ahead, where the wins of both are known. */
function compareContenders(one: Contender, other: Contender): number {
  const byPoints = totalOf(other) - totalOf(one);
  if (byPoints !== 0) return byPoints;
  const byWins = one.wins === undefined || other.wins === undefined ? 0 : other.wins - one.wins;
  return byWins !== 0 ? byWins : other.before - one.before;
}

function isLevel(one: Contender, other: Contender): boolean {
  const sameWins = one.wins === undefined || other.wins === undefined || one.wins === other.wins;
  return totalOf(one) === totalOf(other) && sameWins;
}

/** [H3] Nobody can come level any more. Where the scoring is not known, nobody can say. */
function clinchedBy(championship: Championship, contenders: readonly Contender[]): string | undefined {
  if (championship.points.length === 0) return undefined;
  const later = championship.remainingAfter ?? 0;
  return contenders.find((own) => contenders.every((other) => other === own || isSafeFrom(own, other, later)))
    ?.competitor;
}

type Standing = { readonly own: Contender; readonly champion: string | undefined };

/** [H10] Lost is what the best result that is left, and nothing for a rival, cannot reach. */
function statusOf(
  { points, remainingAfter = 0 }: Championship,
  contenders: readonly Contender[],
  { own, champion }: Standing,
): TitleRow['status'] {
  if (champion !== undefined) return champion === own.competitor ? 'clinched' : 'lost';
  if (points.length === 0) return 'open';
  return contenders.every((other) => other === own || canReach(own, other, remainingAfter)) ? 'open' : 'lost';
}

function foremostNeeds(rows: readonly TitleRow[]): TitleState['needs'] {
  const row = rows.find(({ needs }) => needs?.regardless === true) ?? rows.find(({ needs }) => needs !== undefined);
  return row?.needs === undefined ? undefined : { competitor: row.competitor, position: row.needs.position };
}
