import { type ReactElement, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useViewState, viewStore } from '../store/view-store.ts';
import { Choice } from '../ui/choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel, PanelTitle } from '../ui/panel.tsx';
import styles from './gap-chart.module.css';
import type { LapAxis } from './gap-chart-data.ts';
import { useGapModel } from './gap-model.ts';
import { GapPlot } from './gap-plot.tsx';
import { GAP_ZOOMS, type GapZoom } from './gap-scale-data.ts';

const AXES: readonly LapAxis[] = ['laps', 'time'];

/** Gaps of all cars to the leader or to the selected car, over the laps of the race. */
export function GapChart(): ReactElement {
  const words = useWords().panels.gaps;
  const [axis, setAxis] = useState<LapAxis>('laps');
  const [zoom, setZoom] = useState<GapZoom>('auto');
  const model = useGapModel(axis, zoom);
  const classFilter = useViewState((view) => view.classFilter);
  const title = useTitle(model?.referenceIs);
  const controls = (
    <>
      <Choice
        label={words.axis}
        options={AXES.map((value) => ({ value, label: words.axes[value] }))}
        value={axis}
        onChoose={setAxis}
      />
      <Choice
        label={words.zoom}
        options={GAP_ZOOMS.map((value) => ({ value, label: words.zooms[value] }))}
        value={zoom}
        onChoose={setZoom}
      />
    </>
  );
  return (
    <Panel label={title} head={<Head title={title} />} controls={controls}>
      {model === undefined ? (
        <EmptyState title={classFilter === undefined ? words.empty : words.emptyClass}>{words.emptyHint}</EmptyState>
      ) : (
        <GapPlot model={model} title={title} />
      )}
    </Panel>
  );
}

/** The title; once a car is selected, the choice between the leader and that car. The tower's gap column follows. */
function Head({ title }: { readonly title: string }): ReactElement {
  const words = useWords().panels.gaps;
  const selected = useViewState((view) => view.selectedCar);
  const mode = useViewState((view) => view.gapMode);
  if (selected === undefined) return <PanelTitle>{title}</PanelTitle>;
  return (
    <div className={styles.head}>
      <PanelTitle>{words.titleShort}</PanelTitle>
      <Choice
        label={words.reference}
        options={[
          { value: 'leader', label: words.toLeader },
          { value: 'selected', label: `#${selected}` },
        ]}
        value={mode === 'selected' ? 'selected' : 'leader'}
        onChoose={(value) => viewStore.getState().setGapMode(value === 'selected' ? 'selected' : 'leader')}
      />
    </div>
  );
}

function useTitle(referenceIs: 'leader' | 'selected' | undefined): string {
  const words = useWords().panels.gaps;
  const selected = useViewState((view) => view.selectedCar);
  const classFilter = useViewState((view) => view.classFilter);
  if (referenceIs === 'selected' && selected !== undefined) return words.titleSelected(selected);
  return classFilter === undefined ? words.title : words.titleClass(classFilter);
}
