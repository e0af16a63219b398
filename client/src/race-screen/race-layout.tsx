import { type ReactElement, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { PlaybackBar } from '../playback-bar/playback-bar.tsx';
import { useViewState } from '../store/view-store.ts';
import { TimingTower } from '../timing-tower/timing-tower.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useMedia } from '../ui/use-media.ts';
import { BottomTabs } from './bottom-tabs.tsx';
import { FeedBanner, useIsStale } from './feed-banner.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { LazyPanel } from './panels.tsx';
import { RaceHeader } from './race-header.tsx';
import styles from './race-layout.module.css';
import { SidePanels } from './side-panels.tsx';
import { useShortcuts } from './use-shortcuts.ts';

export const NARROW = '(max-width: 719px)';

/** The parts of the race screen in their places. */
export function RaceLayout(): ReactElement {
  const narrow = useMedia(NARROW);
  const stale = useIsStale();
  const [dialog, setDialog] = useState<'help' | 'delay'>();
  useShortcuts(setDialog);
  return (
    <div className={styles.screen} data-stale={stale || undefined}>
      <ErrorPanel title="Pitboard">
        <RaceHeader onHelp={() => setDialog('help')} />
      </ErrorPanel>
      <FeedBanner />
      {narrow ? <OnePanel /> : <WidePanels />}
      <PlaybackBar delayOpen={dialog === 'delay'} onDelay={(open) => setDialog(open ? 'delay' : undefined)} />
      {narrow ? <BottomTabs /> : undefined}
      {dialog === 'help' ? <HelpDialog onClose={() => setDialog(undefined)} /> : undefined}
    </div>
  );
}

function WidePanels(): ReactElement {
  return (
    <>
      <main className={styles.tower}>
        <Tower />
      </main>
      <SidePanels />
    </>
  );
}

function OnePanel(): ReactElement {
  const panel = useViewState((view) => view.panel);
  return <main className={styles.tower}>{panel === 'tower' ? <Tower /> : <LazyPanel panel={panel} />}</main>;
}

function Tower(): ReactElement {
  const words = useWords();
  return (
    <ErrorPanel title={words.tabs.tower}>
      <TimingTower />
    </ErrorPanel>
  );
}
