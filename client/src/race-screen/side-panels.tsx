import { type KeyboardEvent, type ReactElement, useId } from 'react';
import { useWords } from '../i18n/words.ts';
import { useViewState } from '../store/view-store.ts';
import { useMedia } from '../ui/use-media.ts';
import { LazyPanel, type SidePanelId, useHasTitles } from './panels.tsx';
import styles from './race-layout.module.css';

const TWO_COLUMNS = '(min-width: 1800px)';

/** The panels beside the tower: one by tabs, the story always; on wide screens the gaps always, too. */
export function SidePanels(): ReactElement {
  const words = useWords();
  const wide = useMedia(TWO_COLUMNS);
  const titles = useHasTitles() ? (['title'] as const) : [];
  return (
    <aside className={styles.aside} aria-label={words.tabs.label}>
      <div className={styles.column}>
        {wide ? <Titled panel="gaps" /> : <TabbedPanel tabs={['gaps', 'pit', 'car', ...titles]} />}
        <section className={styles.story} aria-label={words.tabs.moments}>
          <LazyPanel panel="moments" />
        </section>
      </div>
      {wide ? (
        <div className={styles.column}>
          <TabbedPanel tabs={['pit', 'car', ...titles]} />
        </div>
      ) : undefined}
    </aside>
  );
}

function Titled({ panel }: { readonly panel: SidePanelId }): ReactElement {
  const words = useWords();
  return (
    <section className={styles.panel} aria-label={words.tabs[panel]}>
      <LazyPanel panel={panel} />
    </section>
  );
}

type TabbedPanelProps = { readonly tabs: readonly [SidePanelId, ...SidePanelId[]] };

function TabbedPanel({ tabs }: TabbedPanelProps): ReactElement {
  const words = useWords();
  const panel = useViewState((view) => view.panel);
  // The choice may have been made on a narrower screen, or for another session.
  const shown = tabs.find((tab) => tab === panel) ?? tabs[0];
  const setPanel = useViewState((view) => view.setPanel);
  const id = useId();
  const onKey = (event: KeyboardEvent): void => {
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.indexOf(shown) + way + tabs.length) % tabs.length];
    if (way === 0 || next === undefined) return;
    // The arrows move between tabs here, and the playhead everywhere else.
    event.stopPropagation();
    setPanel(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={words.tabs.label} className={styles.tabs} onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab}
            id={`${id}-${tab}`}
            type="button"
            role="tab"
            aria-selected={tab === shown}
            aria-controls={`${id}-panel`}
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => setPanel(tab)}
          >
            {words.tabs[tab]}
          </button>
        ))}
      </div>
      <section role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`} className={styles.panel}>
        <LazyPanel panel={shown} />
      </section>
    </>
  );
}
