import type { CSSProperties } from 'react';
import type { BarSpan } from './stint-bars-data.ts';

/** A span as the place of an element within its bar. */
export function spanStyle({ from, to }: BarSpan): CSSProperties {
  return { left: percentOf(from), width: percentOf(to - from) };
}

export function percentOf(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
