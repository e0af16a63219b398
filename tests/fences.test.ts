import { describe, expect, it } from 'vitest';
import { type Source, sourcesIn } from './sources.ts';

type Import = { readonly from: string; readonly to: string };

/** Folders of `shared`, each of which may import itself and those before it. */
const LAYERS = ['domain', 'protocol', 'race', 'timeline', 'analysis', 'format'];
/** Folders of the client that are no panel: every panel may build on them. */
const CLIENT_GROUND = ['feed', 'store', 'ui', 'i18n'];
/** Parts of the page that put panels together. */
const CLIENT_FRAME = ['race-screen', 'lobby', 'overlays'];

/** What a file imports: packages by name, files by their path in the repository. */
function importsOf({ path, text }: Source): Import[] {
  const specifiers = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g);
  return [...specifiers].map(([, specifier = '']) => ({ from: path, to: resolve(path, specifier) }));
}

function resolve(path: string, specifier: string): string {
  const own = /^@pitboard\/(shared|simulator|server|client)\/(.+)$/.exec(specifier);
  if (own !== null) return `${own[1]}/src/${own[2]}`;
  if (!specifier.startsWith('.')) return specifier;
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

const importsIn = (workspace: string): Import[] => sourcesIn(`${workspace}/src`).flatMap(importsOf);
const isOwn = (path: string): boolean => /^(?:shared|simulator|server|client)\/src\//.test(path);
const isPackage = (to: string, name: string): boolean => to === name || to.startsWith(`${name}/`);
const importersOf = (imports: readonly Import[], name: string): string[] => [
  ...new Set(imports.filter(({ to }) => isPackage(to, name)).map(({ from }) => from)),
];
const folderIn = (workspace: string, path: string): string | undefined =>
  new RegExp(`^${workspace}/src/([^/]+)/`).exec(path)?.[1];

describe('Z. The project itself', () => {
  const shared = importsIn('shared');
  const server = importsIn('server');
  const client = importsIn('client');

  it('[Z3] shared builds on zod alone, layer on layer', () => {
    const strangers = shared.filter(({ to }) => !to.startsWith('shared/src/') && !isPackage(to, 'zod'));
    expect(strangers).toEqual([]);
    const layer = (path: string) => LAYERS.indexOf(folderIn('shared', path) ?? '');
    expect(shared.filter(({ from }) => layer(from) < 0)).toEqual([]);
    expect(shared.filter(({ from, to }) => to.startsWith('shared/src/') && layer(to) > layer(from))).toEqual([]);
    expect(shared.length).toBeGreaterThan(100);
  });

  it('[Z3] the simulator builds on shared alone', () => {
    const strangers = importsIn('simulator').filter(({ to }) => isOwn(to) && !/^(?:simulator|shared)\//.test(to));
    expect(strangers).toEqual([]);
  });

  it('[Z3] the server knows no client, and the simulator in one file', () => {
    expect(server.filter(({ to }) => to.startsWith('client/'))).toEqual([]);
    const simulating = new Set(server.filter(({ to }) => to.startsWith('simulator/')).map(({ from }) => from));
    expect([...simulating].length).toBeLessThanOrEqual(1);
  });

  it('[Z3] Socket.IO stays in the gateway, the database driver in the storage', () => {
    const isGate = (path: string) => path.startsWith('server/src/gateway/') || path === 'server/src/main.ts';
    expect(importersOf(server, 'socket.io').filter((path) => !isGate(path))).toEqual([]);
    expect(importersOf(server, 'socket.io')).not.toEqual([]);
    expect(importersOf(server, 'better-sqlite3').filter((path) => !path.startsWith('server/src/storage/'))).toEqual([]);
    expect(importersOf(server, 'better-sqlite3')).not.toEqual([]);
  });

  it('[Z3] the client knows shared only, sockets in its feed, charts in the gap chart', () => {
    expect(client.filter(({ to }) => isOwn(to) && !/^(?:client|shared)\//.test(to))).toEqual([]);
    expect(importersOf(client, 'socket.io-client').filter((path) => folderIn('client', path) !== 'feed')).toEqual([]);
    expect(importersOf(client, 'recharts').filter((path) => folderIn('client', path) !== 'gap-chart')).toEqual([]);
    expect(importersOf(client, 'recharts')).not.toEqual([]);
  });

  it('[Z3] no panel of the client imports another', () => {
    const across = client.filter(({ from, to }) => {
      const [own, other] = [folderIn('client', from), folderIn('client', to)];
      if (own === undefined || other === undefined || own === other) return false;
      return !CLIENT_FRAME.includes(own) && !CLIENT_GROUND.includes(other);
    });
    expect(across).toEqual([]);
  });

  it('[Z3] nothing in shared or the simulator asks the machine for time or chance', () => {
    const machine = /\b(?:Math\.random|Date\.now|new Date|performance\.now|setTimeout|setInterval)\b/;
    const asking = [...sourcesIn('shared/src'), ...sourcesIn('simulator/src')].filter(({ text }) => machine.test(text));
    expect(asking.map(({ path }) => path)).toEqual([]);
  });

  it('[Z3] an import is read however it is written', () => {
    const text = `import type { A } from '../domain/a.ts';\nexport { b } from "zod";\nconst c = await import('./c.ts');\nimport './d.css';`;
    expect(importsOf({ path: 'shared/src/race/x.ts', text }).map(({ to }) => to)).toEqual([
      'shared/src/domain/a.ts',
      'zod',
      'shared/src/race/c.ts',
      'shared/src/race/d.css',
    ]);
  });
});
