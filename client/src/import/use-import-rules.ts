import { type ImportRules, importRulesSchema } from '@pitboard/shared/protocol/import.ts';
import { useCallback, useEffect, useState } from 'react';
import { tokenHeaders } from '../store/server-token.ts';

/** What the server takes, and from whom; `undefined` until it has said so. `ask` asks again, with another token. */
export function useImportRules(): { readonly rules: ImportRules | undefined; readonly ask: () => Promise<void> } {
  const [rules, setRules] = useState<ImportRules>();
  const ask = useCallback(async (): Promise<void> => {
    const answer = await fetchRules();
    if (answer !== undefined) setRules(answer);
  }, []);
  useEffect(() => void ask(), [ask]);
  return { rules, ask };
}

async function fetchRules(): Promise<ImportRules | undefined> {
  try {
    const response = await fetch('/api/import', { headers: tokenHeaders() });
    return response.ok ? importRulesSchema.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}
