import {
  type ImportRefusal,
  type ImportStep,
  importRefusalSchema,
  importStepSchema,
} from '@pitboard/shared/protocol/import.ts';
import { tokenHeaders } from '../store/server-token.ts';

/** A file under the path that it was dropped with. */
export type NamedFile = { readonly name: string; readonly file: File };

/** How far an import is, and as the last one what came of it; `cut` when the server was lost on the way. */
export type SendStep = { readonly step: 'uploading'; readonly share: number } | { readonly step: 'cut' } | ImportStep;

type SendOptions = {
  readonly onStep: (step: SendStep) => void;
  /** For tests. */
  readonly createRequest?: () => XMLHttpRequest;
};

/** Sends files to be imported and tells how that goes. Returns the way to give it up; nothing is told after that. */
export function sendFiles(files: readonly NamedFile[], { onStep, createRequest }: SendOptions): () => void {
  // Of all that a browser has, only this tells how much has been sent.
  const request = createRequest?.() ?? new XMLHttpRequest();
  let readLength = 0;
  let isOver = false;
  const tell = (step: SendStep): void => {
    if (isOver) return;
    isOver = step.step === 'done' || step.step === 'refused' || step.step === 'cut';
    onStep(step);
  };
  const readLines = (): void => {
    if (request.status !== 200) return;
    for (let end = lineEnd(); end >= 0; end = lineEnd()) {
      const step = parseStep(request.responseText.slice(readLength, end));
      readLength = end + 1;
      if (step !== undefined) tell(step);
    }
  };
  const lineEnd = (): number => request.responseText.indexOf('\n', readLength);
  request.upload.onprogress = ({ loaded, total }) =>
    tell({ step: 'uploading', share: total > 0 ? Math.min(1, loaded / total) : 0 });
  request.onprogress = readLines;
  request.onload = () => {
    readLines();
    tell(request.status === 200 ? { step: 'cut' } : { step: 'refused', refusal: parseRefusal(request) });
  };
  request.onerror = () => tell({ step: 'cut' });
  request.open('POST', '/api/import');
  request.setRequestHeader('accept', 'application/x-ndjson, application/json');
  for (const [name, value] of Object.entries(tokenHeaders())) request.setRequestHeader(name, value);
  tell({ step: 'uploading', share: 0 });
  request.send(formOf(files));
  return () => {
    isOver = true;
    request.abort();
  };
}

function formOf(files: readonly NamedFile[]): FormData {
  const form = new FormData();
  for (const { name, file } of files) form.append('file', file, name);
  return form;
}

function parseStep(line: string): ImportStep | undefined {
  const parsed = importStepSchema.safeParse(parseJson(line));
  return parsed.success ? parsed.data : undefined;
}

function parseRefusal({ responseText, status }: XMLHttpRequest): ImportRefusal {
  const parsed = importRefusalSchema.safeParse(parseJson(responseText));
  if (parsed.success) return parsed.data;
  return { error: status === 413 ? 'too-large' : 'failed', message: `the server answered ${status}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
