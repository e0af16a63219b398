import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { carOf, type RaceView, runningOrder } from '@pitboard/shared/race/race-view.ts';
import { useMemo } from 'react';
import { useRaceNow } from '../store/race-store.ts';
import { useViewState, type ViewState } from '../store/view-store.ts';
import { focusColours } from './focus-colours.ts';
import { type GapLine, gapLines, gapLinesKey, type LapAxis, lineTimes } from './gap-chart-data.ts';
import { axisRange, type GapBand, type GapZoom, gapBands, gapRange, type Range } from './gap-scale-data.ts';

/** All that the gap chart draws. Keeps its reference until a lap ends or the viewer chooses something else. */
export type GapModel = {
  readonly lines: readonly GapLine[];
  readonly reference: CarNumber;
  readonly referenceIs: 'leader' | 'selected';
  readonly selected: CarNumber | undefined;
  /** Cars in full colour: those in front, the selected one, and around it those that it races. */
  readonly focus: ReadonlySet<CarNumber>;
  readonly colours: ReadonlyMap<CarNumber, string>;
  readonly axis: LapAxis;
  readonly xRange: Range;
  /** Seconds of gap, from the top of the chart to its bottom. */
  readonly yRange: Range;
  readonly bands: readonly GapBand[];
  /** The race at the moment that the lines were drawn. */
  readonly view: RaceView;
};

const CARS_IN_FRONT = 4;
/** Fewer around a chosen car: more than eight colours cannot be told apart. */
const CARS_IN_FRONT_OF_CHOSEN = 3;
/** Cars ahead of and behind the selected one that it is measured against. */
const NEIGHBOURS = 2;

/** The model of the gap chart for what this viewer has chosen; `undefined` while no car has crossed the line. */
export function useGapModel(axis: LapAxis, zoom: GapZoom): GapModel | undefined {
  const view = useRaceNow();
  const selected = useViewState((state) => state.selectedCar);
  const gapMode = useViewState((state) => state.gapMode);
  const classFilter = useViewState((state) => state.classFilter);
  const key = gapLinesKey(view);
  // The key stands for the view: it changes with all that is drawn of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const drawn = useMemo(
    () => draw(view, { selectedCar: selected, gapMode, classFilter }),
    [key, view.state.manifest, selected, gapMode, classFilter],
  );
  return useMemo(() => drawn && frame(drawn, { axis, zoom, selected }), [drawn, axis, zoom, selected]);
}

type Drawn = Pick<GapModel, 'view' | 'reference' | 'referenceIs' | 'lines' | 'focus' | 'colours'> & {
  /** The cars that the chart has to have room for. */
  readonly fitted: ReadonlySet<CarNumber>;
};
type Chosen = Pick<ViewState, 'selectedCar' | 'gapMode' | 'classFilter'>;

function draw(view: RaceView, chosen: Chosen): Drawn | undefined {
  const { selectedCar, gapMode, classFilter } = chosen;
  const cars = view.state.order.filter((car) => isOfClass(view, car, classFilter));
  const toSelected = gapMode === 'selected' && selectedCar !== undefined && cars.includes(selectedCar);
  const reference = toSelected ? selectedCar : cars[0];
  if (reference === undefined) return undefined;
  const lines = gapLines(view, cars, reference).filter((line) => line.points.length > 0);
  if (lines.length === 0) return undefined;
  const running = new Set(runningOrder(view.state));
  const inRace = cars.filter((car) => running.has(car));
  const inFront = inRace.slice(0, toSelected ? CARS_IN_FRONT_OF_CHOSEN : CARS_IN_FRONT);
  const around = selectedCar === undefined ? inFront : [...inFront, selectedCar];
  const fitted = new Set(toSelected ? neighboursOf(inRace, selectedCar) : around);
  const focus = new Set([...around, ...fitted, reference]);
  const colours = focusColours(view, focus);
  return { view, reference, referenceIs: toSelected ? 'selected' : 'leader', lines, focus, colours, fitted };
}

type Framing = Pick<GapModel, 'axis' | 'selected'> & { readonly zoom: GapZoom };

function neighboursOf(inRace: readonly CarNumber[], car: CarNumber): readonly CarNumber[] {
  const place = inRace.indexOf(car);
  return place < 0 ? [car] : inRace.slice(Math.max(0, place - NEIGHBOURS), place + NEIGHBOURS + 1);
}

function frame({ fitted, ...drawn }: Drawn, { axis, zoom, selected }: Framing): GapModel {
  const { lines, reference, referenceIs, view } = drawn;
  const xRange = axisRange(lines, axis, zoom);
  return {
    ...drawn,
    selected,
    axis,
    xRange,
    yRange: gapRange(lines, fitted, { zoom, reference: referenceIs }),
    bands: gapBands(view, lineTimes(view, reference), { axis, range: xRange }),
  };
}

function isOfClass(view: RaceView, car: CarNumber, classFilter: string | undefined): boolean {
  return classFilter === undefined || carOf(view.state, car)?.class === classFilter;
}
