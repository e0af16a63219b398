import type { CarNumber, ClassId, SessionId } from '@pitboard/shared/domain/names.ts';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export const PANELS = ['tower', 'gaps', 'pit', 'moments', 'car', 'title'] as const;
/** `tower` is a tab of narrow screens only; wide ones show the tower always, and the gaps in its place. */
export type PanelId = (typeof PANELS)[number];

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

export const THEMES = ['dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export const GAP_MODES = ['leader', 'selected', 'class'] as const;
/** Behind whom the gap column counts: the leader, the selected car, or the leader of the car's class. */
export type GapMode = (typeof GAP_MODES)[number];

export const MAX_DELAY_MS = 24 * 3_600_000;

/** What this viewer has chosen. */
export type ViewChoices = {
  readonly session: SessionId | undefined;
  readonly selectedCar: CarNumber | undefined;
  readonly panel: PanelId;
  readonly classFilter: ClassId | undefined;
  readonly gapMode: GapMode;
  readonly locale: Locale;
  readonly theme: Theme;
  /** How far behind the live edge this viewer stays. */
  readonly delayMs: number;
};

export type ViewState = ViewChoices & {
  readonly openSession: (session: SessionId | undefined) => void;
  /** `undefined` selects none. */
  readonly selectCar: (car: CarNumber | undefined) => void;
  readonly setPanel: (panel: PanelId) => void;
  readonly setClassFilter: (classId: ClassId | undefined) => void;
  readonly setGapMode: (mode: GapMode) => void;
  readonly setLocale: (locale: Locale) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setDelayMs: (delayMs: number) => void;
};

export const INITIAL_CHOICES: ViewChoices = {
  session: undefined,
  selectedCar: undefined,
  panel: 'tower',
  classFilter: undefined,
  gapMode: 'leader',
  locale: 'en',
  theme: 'dark',
  delayMs: 0,
};

export const viewStore = createStore<ViewState>((set) => ({
  ...INITIAL_CHOICES,
  openSession: (session) => set({ session, selectedCar: undefined, classFilter: undefined, gapMode: 'leader' }),
  selectCar: (selectedCar) =>
    set((view) => ({
      selectedCar,
      gapMode: selectedCar === undefined && view.gapMode === 'selected' ? 'leader' : view.gapMode,
    })),
  setPanel: (panel) => set({ panel }),
  setClassFilter: (classFilter) => set({ classFilter }),
  setGapMode: (gapMode) => set({ gapMode }),
  setLocale: (locale) => set({ locale }),
  setTheme: (theme) => set({ theme }),
  setDelayMs: (delayMs) => set({ delayMs: Math.round(Math.max(0, Math.min(MAX_DELAY_MS, delayMs))) }),
}));

export function useViewState<T>(selector: (view: ViewState) => T): T {
  return useStore(viewStore, selector);
}
