import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './help-dialog.module.css';

/** What each key does. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { help } = useWords();
  const keys: readonly (readonly [readonly string[], string])[] = [
    [['Space'], help.keys.playPause],
    [['←', '→'], help.keys.back10],
    [['⇧ ←', '⇧ →'], help.keys.back30],
    [[',', '.'], help.keys.moments],
    [['[', ']'], help.keys.speed],
    [['L'], help.keys.live],
    [['D'], help.keys.delay],
    [['↑', '↓', '↵'], help.keys.rows],
    [['T'], help.keys.theme],
    [['?'], help.keys.help],
    [['Esc'], help.keys.close],
  ];
  return (
    <Dialog title={help.title} onClose={onClose}>
      <dl className={styles.keys}>
        {keys.map(([caps, meaning]) => (
          <div key={meaning}>
            <dt>
              {caps.map((cap) => (
                <kbd key={cap}>{cap}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
