import type { ImportAnswer, ImportRefusal } from '@pitboard/shared/protocol/import.ts';
import { useEffect, useRef, useState } from 'react';
import { type NamedFile, type SendStep, sendFiles } from './send-files.ts';

/** Why nothing came of files; beside what the server says, what only the page knows. */
export type Refusal = Omit<ImportRefusal, 'error'> & { readonly error: ImportRefusal['error'] | 'cut' | 'empty' };

export type ImportPhase = 'uploading' | 'waiting' | 'reading' | 'storing';

/** Where an import stands. `share` from 0 to 1; `undefined` where it cannot be told. */
export type ImportState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'working';
      readonly phase: ImportPhase;
      readonly share: number | undefined;
      readonly files: number;
      readonly file?: string;
    }
  | { readonly kind: 'done'; readonly answer: ImportAnswer }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type ImportControl = {
  readonly state: ImportState;
  readonly send: (files: readonly NamedFile[]) => void;
  /** Gives up what is under way, or puts its result away. */
  readonly clear: () => void;
};

type ImportOptions = {
  /** Of one upload; unknown until the server has said so. */
  readonly limitBytes: number | undefined;
  readonly onDone: (answer: ImportAnswer) => void;
};

/** One import at a time, from the files to what came of them. */
export function useImport({ limitBytes, onDone }: ImportOptions): ImportControl {
  const [state, setState] = useState<ImportState>({ kind: 'idle' });
  const cancel = useRef<() => void>(undefined);
  useEffect(() => () => cancel.current?.(), []);

  const clear = (): void => {
    cancel.current?.();
    cancel.current = undefined;
    setState({ kind: 'idle' });
  };
  const send = (files: readonly NamedFile[]): void => {
    cancel.current?.();
    const problem = whyNot(files, limitBytes);
    if (problem !== undefined) return setState({ kind: 'refused', refusal: problem });
    cancel.current = sendFiles(files, {
      onStep: (step) => {
        setState(stateOf(step, files.length));
        if (step.step === 'done') onDone(step.answer);
      },
    });
  };
  return { state, send, clear };
}

function whyNot(files: readonly NamedFile[], limitBytes = Number.POSITIVE_INFINITY): Refusal | undefined {
  if (files.length === 0) return { error: 'empty', message: '' };
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  return bytes > limitBytes ? { error: 'too-large', message: '' } : undefined;
}

function stateOf(step: SendStep, files: number): ImportState {
  switch (step.step) {
    case 'uploading':
    case 'storing':
      return { kind: 'working', phase: step.step, share: step.share, files };
    case 'waiting':
      return { kind: 'working', phase: 'waiting', share: undefined, files };
    case 'reading':
      return { kind: 'working', phase: 'reading', share: step.share, files, file: step.file };
    case 'done':
      return { kind: 'done', answer: step.answer };
    case 'refused':
      return { kind: 'refused', refusal: step.refusal };
    case 'cut':
      return { kind: 'refused', refusal: { error: 'cut', message: '' } };
  }
}
