import { UNKNOWN_CIRCUIT } from '@pitboard/shared/domain/names.ts';
import { formatClock, formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import type { WeatherNow } from '@pitboard/shared/race/race-state.ts';
import { carOf, type RaceView } from '@pitboard/shared/race/race-view.ts';
import type { Words } from '../i18n/words.ts';

/** From here on hours are told apart from minutes. */
const LONG_MS = 100 * 60_000;
/** A lap in traffic, on old tyres, is a little slower than the best one. */
const USUAL_TO_BEST = 1.015;

/** The end of a race by time: by the official clock where there is one, else by the planned distance. */
export function raceEndMs(view: RaceView): number | undefined {
  const { clock, manifest } = view.state;
  if (clock?.remainingMs !== undefined && clock.running) return clock.atMs + clock.remainingMs;
  return manifest.distance?.durationMs;
}

/** Text of a countdown; rounded up, so that 0:00 means over. */
export function countdownText(endMs: number, nowMs: number): string {
  const leftMs = Math.ceil(Math.max(0, endMs - nowMs) / 1000) * 1000;
  return leftMs > LONG_MS ? formatClock(leftMs) : formatMinutes(leftMs);
}

/** The lap that the leader is on, or its last one after the flag. */
export function leaderLap(view: RaceView): number {
  const leader = carOf(view.state, view.state.order[0] ?? '');
  if (leader === undefined || leader.progress < 0) return 0;
  return leader.status === 'finished' ? leader.lapsCompleted : leader.lapsCompleted + 1;
}

/** Laps of the whole race; `about` where they follow from a time and the leader's pace. */
export function raceLaps(view: RaceView): { readonly laps: number; readonly about: boolean } | undefined {
  const { laps } = view.state.manifest.distance ?? {};
  if (laps !== undefined) return { laps, about: false };
  const leader = carOf(view.state, view.state.order[0] ?? '');
  const endMs = raceEndMs(view);
  if (leader?.bestLapTimeMs === undefined || endMs === undefined) return undefined;
  if (view.state.chequeredAtMs !== undefined) return { laps: leader.lapsCompleted, about: false };
  const leftMs = endMs - (leader.lapStartedAtMs ?? view.nowMs);
  return {
    laps: leader.lapsCompleted + Math.max(1, Math.ceil(leftMs / (leader.bestLapTimeMs * USUAL_TO_BEST))),
    about: true,
  };
}

/** `19° / 27°`; `undefined` without any figure. */
export function temperatures(weather: WeatherNow | undefined): string | undefined {
  if (weather?.airCelsius === undefined) return undefined;
  const air = `${Math.round(weather.airCelsius)}°`;
  return weather.trackCelsius === undefined ? air : `${air} / ${Math.round(weather.trackCelsius)}°`;
}

/** `air, track · dry`. */
export function weatherLabel(weather: WeatherNow | undefined, words: Words): string {
  const { header } = words;
  const surface = weather?.surface === undefined ? undefined : header.surfaces[weather.surface];
  const places = weather?.trackCelsius === undefined ? header.air : header.airAndTrack;
  return [
    weather?.airCelsius === undefined ? undefined : places,
    weather?.rain === true ? header.rain : undefined,
    surface,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** `Blancpain Sprint Series · Baku Street Circuit · 3.864 km`; without the circuit where the event is called after it. */
export function circuitLine(manifest: Manifest): string {
  const { circuit, event, series, season } = manifest;
  const name = circuit.name === UNKNOWN_CIRCUIT || circuit.name === event ? undefined : circuit.name;
  const length = circuit.lengthMetres === undefined ? undefined : `${(circuit.lengthMetres / 1000).toFixed(3)} km`;
  const seriesAndSeason =
    series !== undefined && season !== undefined && !series.includes(String(season)) ? `${series} ${season}` : series;
  return [seriesAndSeason, name, length].filter((part) => part !== undefined).join(' · ');
}
