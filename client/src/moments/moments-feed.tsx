import { type ReactElement, useMemo, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRaceNow } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';
import { Choice } from '../ui/choice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { isShown, type StoryFilter, storyLength, storyUntil } from './moments-data.ts';
import styles from './moments-feed.module.css';
import { StoryRow } from './story-row.tsx';

const MOST_ROWS = 200;
const FILTERS: readonly StoryFilter[] = ['all', 'control', 'car'];

/** The story of the race, newest first: its moments, and the words of race control. */
export function MomentsFeed(): ReactElement {
  const words = useWords().panels.story;
  const selected = useViewState((view) => view.selectedCar);
  const [filter, setFilter] = useState<StoryFilter>('all');
  const labels = { ...words.filters, car: selected === undefined ? words.filters.car : words.carFilter(selected) };
  return (
    <Panel
      label={words.title}
      head={words.title}
      controls={
        <Choice
          label={words.filter}
          options={FILTERS.map((value) => ({ value, label: labels[value] }))}
          value={filter}
          onChoose={setFilter}
        />
      }
    >
      <StoryList key={`${filter} ${filter === 'car' ? selected : ''}`} filter={filter} />
    </Panel>
  );
}

function StoryList({ filter }: { readonly filter: StoryFilter }): ReactElement {
  const words = useWords().panels.story;
  const { history, nowMs, state } = useRaceNow();
  const { manifest } = state;
  const selected = useViewState((view) => view.selectedCar);
  const [pages, setPages] = useState(1);
  const length = storyLength(manifest, history, nowMs);
  // The story only grows at its end: as long as its length stays, so does all of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const story = useMemo(() => storyUntil(manifest, history, nowMs), [manifest, history, length]);
  const lines = story.map((item, place) => ({ item, place })).filter(({ item }) => isShown(item, filter, selected));
  const older = Math.max(0, lines.length - pages * MOST_ROWS);
  if (lines.length === 0) return <NoStory filter={filter} selected={selected} />;
  return (
    <>
      <ol className={styles.list} reversed>
        {lines
          .slice(older)
          .reverse()
          .map(({ item, place }) => (
            <StoryRow key={place} item={item} manifest={manifest} selected={selected} />
          ))}
      </ol>
      {older > 0 && (
        <button type="button" className={styles.older} onClick={() => setPages(pages + 1)}>
          {words.older(older)}
        </button>
      )}
    </>
  );
}

type NoStoryProps = { readonly filter: StoryFilter; readonly selected: string | undefined };

function NoStory({ filter, selected }: NoStoryProps): ReactElement {
  const words = useWords().panels.story;
  switch (filter) {
    case 'all':
      return <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>;
    case 'control':
      return <EmptyState title={words.emptyControl} />;
    case 'car':
      return <EmptyState title={selected === undefined ? words.noCar : words.emptyCar(selected)} />;
  }
}
