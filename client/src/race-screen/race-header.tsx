import { Keyboard, Link as LinkIcon } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { useRace } from '../store/race-store.ts';
import { addressNow } from '../store/url-sync.ts';
import { Brand } from '../ui/brand.tsx';
import { FlagBadge, flagColour } from '../ui/flag-badge.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PageSwitches } from '../ui/page-switches.tsx';
import { DataNotes } from './data-notes.tsx';
import { HeaderStats } from './header-stats.tsx';
import { circuitLine } from './race-figures.ts';
import styles from './race-header.module.css';

/** What race this is, under which flag, and how far it has come. */
export function RaceHeader({ onHelp }: { readonly onHelp: () => void }): ReactElement {
  const words = useWords();
  const manifest = useRace((view) => view.state.manifest);
  const flag = useRace((view) => view.state.flag);
  const phase = useRace((view) => view.state.phase);
  const title = `${manifest.event} · ${manifest.session}`;
  useEffect(() => {
    document.title = `${title} · Pitboard`;
    return () => {
      document.title = 'Pitboard';
    };
  }, [title]);
  const raced = phase !== 'scheduled' && phase !== 'formation';
  return (
    <header className={styles.header}>
      <span className={styles.brand}>
        <Brand />
      </span>
      <div className={styles.event}>
        <h1>{title}</h1>
        <p>
          <span>{circuitLine(manifest)}</span>
          <DataNotes />
        </p>
      </div>
      <span className={styles.flag}>
        {raced ? <FlagBadge flag={flag} /> : <span className={styles.phase}>{words.header.phases[phase]}</span>}
        <SectorFlags />
      </span>
      <HeaderStats />
      <span className={styles.buttons}>
        <ShareButton />
        <span className={styles.help}>
          <IconButton label={words.header.help} onClick={onHelp}>
            <Keyboard size={15} aria-hidden="true" />
          </IconButton>
        </span>
        <PageSwitches />
      </span>
    </header>
  );
}

/** Flags that stand for a part of the track only. */
function SectorFlags(): ReactElement {
  const words = useWords();
  const flags = useRace((view) => view.state.sectorFlags);
  return (
    <>
      {flags.map(({ sector, flag }) => (
        <span
          key={sector}
          className={styles.sector}
          style={{ '--flag': flagColour(flag) }}
          title={words.header.sectorFlag(words.flags[flag], sector)}
        >
          <span>{words.flags[flag]}</span> S{sector}
        </span>
      ))}
    </>
  );
}

function ShareButton(): ReactElement {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const address = addressNow();
    // Browsers lend the clipboard to pages with a certificate only: others show the address to be copied by hand.
    if (!window.isSecureContext) return void window.prompt(words.header.share, address);
    await navigator.clipboard.writeText(address);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <span className={styles.share}>
      <IconButton label={words.header.share} onClick={() => void copy()}>
        <LinkIcon size={15} aria-hidden="true" />
      </IconButton>
      <span role="status" className={copied ? styles.copied : 'visually-hidden'}>
        {copied ? words.header.shared : ''}
      </span>
    </span>
  );
}
