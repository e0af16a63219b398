import { momentsUntil } from '@pitboard/shared/analysis/moments.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useRaceNow } from '../store/race-store.ts';
import { useViewState } from '../store/view-store.ts';

/** A jump of the playhead is not news. */
const NEWS_MS = 5000;

/** Tells a screen reader of the moments as they happen, and of nothing else. */
export function MomentAnnouncer(): ReactElement {
  const view = useRaceNow();
  const locale = useViewState((choices) => choices.locale);
  const toldUntilMs = useRef(view.nowMs);
  const [text, setText] = useState('');
  useEffect(() => {
    const fromMs = Math.max(toldUntilMs.current, view.nowMs - NEWS_MS);
    toldUntilMs.current = view.nowMs;
    const { manifest } = view.state;
    const news = momentsUntil(manifest, view.history, view.nowMs).filter(
      (moment) => moment.atMs > fromMs && moment.importance >= 2,
    );
    if (news.length > 0) setText(news.map((moment) => momentText(moment, manifest, locale)).join(' '));
  }, [view, locale]);
  return (
    <div className="visually-hidden" aria-live="polite">
      {text}
    </div>
  );
}
