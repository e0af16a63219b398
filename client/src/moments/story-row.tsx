import type { CarNumber } from '@pitboard/shared/domain/names.ts';
import { formatClock, formatMinutes } from '@pitboard/shared/format/lap-time.ts';
import { momentText } from '@pitboard/shared/format/moment-text.ts';
import type { Manifest } from '@pitboard/shared/protocol/manifest.ts';
import { memo } from 'react';
import { playback } from '../feed/playback.ts';
import { useWords } from '../i18n/words.ts';
import { useViewState } from '../store/view-store.ts';
import { atMsOf, carsOf, emphasise, kindOf, type StoryItem } from './moments-data.ts';
import styles from './moments-feed.module.css';
import { StoryMark } from './story-mark.tsx';

type StoryRowProps = {
  readonly item: StoryItem;
  readonly manifest: Manifest;
  readonly selected: CarNumber | undefined;
};

/** One line of the story; its time leads there. */
export const StoryRow = memo(function StoryRow({ item, manifest, selected }: StoryRowProps) {
  const words = useWords().panels.story;
  const locale = useViewState((view) => view.locale);
  const kind = kindOf(item);
  const cars = carsOf(item);
  const text = item.source === 'moment' ? momentText(item.moment, manifest, locale) : item.message.text;
  const time = storyTime(atMsOf(item));
  return (
    <li
      className={styles.row}
      data-importance={item.source === 'moment' ? item.moment.importance : 2}
      data-selected={selected !== undefined && cars.includes(selected) ? '' : undefined}
    >
      <button
        type="button"
        className={styles.time}
        aria-label={words.seek(time)}
        onClick={() => playback.seek(atMsOf(item))}
      >
        {time}
      </button>
      <span className={styles.kind} data-kind={kind}>
        <StoryMark kind={kind} /> {words.kinds[kind]}
      </span>
      <p className={styles.text}>
        {emphasise(text.replace(NUMBER_AND_UNIT, '$1\u00a0s'), cars, manifest).map((part, place) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never move
          part.isName ? <b key={place}>{part.text}</b> : part.text,
        )}
      </p>
    </li>
  );
});

/** A figure stays on one line with its unit. */
const NUMBER_AND_UNIT = /(\d) s\b/g;
const HOUR_MS = 3_600_000;

/** `34:58`, `−1:30` before the start, `3:07:12` in a long race. */
function storyTime(atMs: number): string {
  if (atMs >= HOUR_MS) return formatClock(atMs);
  return atMs < 0 ? `−${formatMinutes(-atMs)}` : formatMinutes(atMs);
}
