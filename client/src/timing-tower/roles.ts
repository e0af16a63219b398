// Rows that are laid out by CSS lose the roles of a table in some browsers, so each is stated; and a table whose rows
// can be selected is a grid.
export const GRID = { role: 'grid' } as const;
export const ROW_GROUP = { role: 'rowgroup' } as const;
export const ROW = { role: 'row' } as const;
export const CELL = { role: 'gridcell' } as const;
export const ROW_HEADER = { role: 'rowheader', scope: 'row' } as const;
export const COLUMN_HEADER = { role: 'columnheader', scope: 'col' } as const;
