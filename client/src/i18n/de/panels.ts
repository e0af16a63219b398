import type { PanelWords } from '../en/panels.ts';

export const panelsDe: PanelWords = {};
