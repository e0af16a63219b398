import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';
import styles from './states.module.css';

type ErrorPanelProps = { readonly title: string; readonly children: ReactNode };

/** Keeps the failure of one panel inside of it: the others go on, and this one can be tried again. */
export class ErrorPanel extends Component<ErrorPanelProps, { readonly failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed title={this.props.title} onRetry={() => this.setState({ failed: false })} />;
  }
}

function Failed({ title, onRetry }: { readonly title: string; readonly onRetry: () => void }): ReactNode {
  const words = useWords();
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{words.errors.panelFailed(title)}</p>
      <button type="button" className={styles.action} onClick={onRetry}>
        {words.errors.tryAgain}
      </button>
    </div>
  );
}
