import type { ImportAnswer, ImportStep } from '@pitboard/shared/protocol/import.ts';

/** Stands in for the browser's own: holds what was sent, and answers when a test says so. */
export class FakeRequest {
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  readonly headers = new Map<string, string>();
  onprogress?: () => void;
  onload?: () => void;
  onerror?: () => void;
  status = 0;
  responseText = '';
  body: FormData | undefined;
  isAborted = false;
  static last: FakeRequest | undefined;

  open(): void {
    FakeRequest.last = this;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }
  send(body: FormData): void {
    this.body = body;
  }
  abort(): void {
    this.isAborted = true;
  }

  /** A part of the answer arrives. */
  receive(text: string): void {
    this.status = 200;
    this.responseText += text;
    this.onprogress?.();
  }
  step(step: ImportStep): void {
    this.receive(`${JSON.stringify(step)}\n`);
  }
  end(status = 200, text = ''): void {
    this.status = status;
    this.responseText += text;
    this.onload?.();
  }
}

export const asRequest = (fake: FakeRequest): XMLHttpRequest => fake as unknown as XMLHttpRequest;

export function anAnswer(changes: Partial<ImportAnswer> = {}): ImportAnswer {
  const session = { id: 'harbour-cup', event: 'Harbour Cup', session: 'Race', kind: 'race' as const };
  return {
    sessions: [{ ...session, cars: 12, events: 3456, known: false }],
    formats: ['Al Kamel timing sheets'],
    files: [{ name: 'laps.csv', format: 'Al Kamel timing sheets' }],
    skipped: { lines: 0, reasons: {}, examples: [] },
    ...changes,
  };
}
