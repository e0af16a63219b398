import { Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { useWords } from '../i18n/words.ts';
import { useViewState } from '../store/view-store.ts';
import { IconButton } from './icon-button.tsx';

/** Language and theme. */
export function PageSwitches(): ReactElement {
  const words = useWords();
  const locale = useViewState((view) => view.locale);
  const theme = useViewState((view) => view.theme);
  const setLocale = useViewState((view) => view.setLocale);
  const setTheme = useViewState((view) => view.setTheme);
  const otherTheme = theme === 'dark' ? 'light' : 'dark';
  const otherLocale = locale === 'en' ? 'de' : 'en';
  return (
    <>
      <IconButton
        label={`${words.header.language}: ${otherLocale.toUpperCase()}`}
        onClick={() => setLocale(otherLocale)}
      >
        {otherLocale.toUpperCase()}
      </IconButton>
      <IconButton label={words.header.toTheme[otherTheme]} onClick={() => setTheme(otherTheme)}>
        {theme === 'dark' ? <Sun size={15} aria-hidden="true" /> : <Moon size={15} aria-hidden="true" />}
      </IconButton>
    </>
  );
}
