/** A value with the interval that holds it nine times in ten. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number };

export type Point = { readonly x: number; readonly y: number };

/** Of ten intervals, one may miss. */
const MISSED_EACH_SIDE = 0.05;

/**
 * Slope of a straight line through points that have outliers: the median of the slopes of all pairs. Its interval comes
 * from the exact distribution of Kendall's S, without chance. `undefined` where the points are too few for an interval.
 * Source: Sen, J. Am. Stat. Assoc. 63 (1968), 1379–1389.
 */
export function theilSen(points: readonly Point[]): Estimate | undefined {
  const slopes: number[] = [];
  for (const [index, one] of points.entries()) {
    for (const other of points.slice(index + 1))
      if (other.x !== one.x) slopes.push((other.y - one.y) / (other.x - one.x));
  }
  return orderEstimate(slopes, placeOf(points.length, kendallPlaces, inversionShares));
}

/**
 * The centre of values that have outliers: the median of the means of all pairs, each value paired with itself too. Its
 * interval comes from the exact distribution of Wilcoxon's signed ranks. `undefined` where the values are too few.
 * Source: Hodges and Lehmann, Ann. Math. Stat. 34 (1963), 598–611.
 */
export function hodgesLehmann(values: readonly number[]): Estimate | undefined {
  const means = values.flatMap((one, index) => values.slice(index).map((other) => (one + other) / 2));
  return orderEstimate(means, placeOf(values.length, wilcoxonPlaces, signedRankShares));
}

/** The middle of a list, between its `place`-th value from below and from above. */
function orderEstimate(values: number[], place: number): Estimate | undefined {
  if (place < 1 || values.length < 2 * place) return undefined;
  values.sort((one, other) => one - other);
  const middle = values.length >> 1;
  const high = values[middle] as number;
  return {
    value: values.length % 2 === 1 ? high : ((values[middle - 1] as number) + high) / 2,
    low: values[place - 1] as number,
    high: values[values.length - place] as number,
  };
}

const kendallPlaces: number[] = [];
const wilcoxonPlaces: number[] = [];

/** How far from either end an interval may begin; 0 where even the extremes would miss too often. Worked out once a size. */
function placeOf(size: number, known: number[], sharesOf: (size: number) => Float64Array): number {
  let place = known[size];
  if (place === undefined) {
    const shares = sharesOf(size);
    let missed = shares[0] ?? 1;
    for (place = 0; missed <= MISSED_EACH_SIDE; place++) missed += shares[place + 1] ?? 1;
    known[size] = place;
  }
  return place;
}

/** Share of the orders of `size` things that have 0, 1, 2 … pairs the wrong way round. */
function inversionShares(size: number): Float64Array {
  let shares = Float64Array.of(1);
  for (let things = 2; things <= size; things++) {
    const next = new Float64Array(shares.length + things - 1);
    for (const [inversions, share] of shares.entries()) {
      for (let more = 0; more < things; more++)
        next[inversions + more] = (next[inversions + more] ?? 0) + share / things;
    }
    shares = next;
  }
  return shares;
}

/** Share of the choices among the ranks 1 to `size` whose sum is 0, 1, 2 … */
function signedRankShares(size: number): Float64Array {
  let shares = Float64Array.of(1);
  for (let rank = 1; rank <= size; rank++) {
    const next = new Float64Array(shares.length + rank);
    for (const [sum, share] of shares.entries()) {
      next[sum] = (next[sum] ?? 0) + share / 2;
      next[sum + rank] = (next[sum + rank] ?? 0) + share / 2;
    }
    shares = next;
  }
  return shares;
}
