import type { ImportAnswer } from '@pitboard/shared/protocol/import.ts';
import { type ReactElement, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useImportWords } from '../i18n/import-words.ts';
import { filesOfDrop, filesOfList } from './dropped-files.ts';
import { ImportDone } from './import-done.tsx';
import styles from './import-panel.module.css';
import { ImportRefused } from './import-refused.tsx';
import { ImportWork } from './import-work.tsx';
import { Invitation } from './invitation.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { useImport } from './use-import.ts';
import { useImportRules } from './use-import-rules.ts';

type ImportPanelProps = {
  /** Told of every import that is through, with the sessions that came of it. */
  readonly onImported: (ids: readonly string[]) => void;
  /** Told once the server has said whether this viewer may import and remove. */
  readonly onAccess: (may: boolean) => void;
};

/** Takes files, by drop or by choice, tells how it goes and what came of them. A single race without flaws opens itself. */
export function ImportPanel({ onImported, onAccess }: ImportPanelProps): ReactElement {
  const words = useImportWords();
  const [, navigate] = useLocation();
  const { rules, ask } = useImportRules();
  const needsToken = rules?.needsToken;
  useEffect(() => {
    if (needsToken !== undefined) onAccess(!needsToken);
  }, [needsToken, onAccess]);
  const field = useRef<HTMLInputElement>(null);
  const onDone = (answer: ImportAnswer): void => {
    onImported(answer.sessions.map(({ id }) => id));
    const [only, ...others] = answer.sessions;
    if (only !== undefined && others.length === 0 && isFlawless(answer)) navigate(`/session/${only.id}`);
  };
  const { state, send, clear } = useImport({ limitBytes: rules?.limitBytes, onDone });
  const take = (transfer: DataTransfer): void => void filesOfDrop(transfer).then(send);
  // One after the other: what is under way is not to be lost by a second drop.
  const isOver = useFileDrop(state.kind === 'working' ? undefined : take);
  const choose = (): void => field.current?.click();

  return (
    <section className={styles.panel} aria-label={words.label}>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        data-import
        onChange={({ target }) => {
          send(filesOfList(target.files ?? new DataTransfer().files));
          // The same files chosen again are a change again.
          target.value = '';
        }}
      />
      {state.kind === 'idle' ? <Invitation rules={rules} onChoose={choose} onToken={ask} /> : undefined}
      {state.kind === 'working' ? <ImportWork {...state} onCancel={clear} /> : undefined}
      {state.kind === 'done' ? <ImportDone answer={state.answer} onClose={clear} /> : undefined}
      {state.kind === 'refused' ? (
        <ImportRefused refusal={state.refusal} rules={rules} onChoose={choose} onClose={clear} />
      ) : undefined}
      {isOver ? (
        <div className={styles.overlay} aria-hidden="true">
          <p className={styles.dropTitle}>{words.drop}</p>
          <p>{words.dropHint}</p>
        </div>
      ) : undefined}
    </section>
  );
}

function isFlawless({ skipped, files }: ImportAnswer): boolean {
  return skipped.lines === 0 && files.every(({ problem }) => problem === undefined);
}
