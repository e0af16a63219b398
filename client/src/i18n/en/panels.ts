export const panelsEn = {};

export type PanelWords = typeof panelsEn;
