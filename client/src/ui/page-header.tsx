import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { Brand } from './brand.tsx';
import styles from './page-header.module.css';
import { PageSwitches } from './page-switches.tsx';

/** The head of a page that is no race: the house, the way to another such page, language and theme. */
export function PageHeader({ href, word }: { readonly href: string; readonly word: string }): ReactElement {
  return (
    <header className={styles.header}>
      <Brand />
      <span className={styles.switches}>
        <Link href={href}>{word}</Link>
        <PageSwitches />
      </span>
    </header>
  );
}
