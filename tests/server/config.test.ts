import { readConfig, UsageError } from '@pitboard/server/config.ts';
import { describe, expect, it } from 'vitest';

describe('environment', () => {
  it('[W25] has a value for everything, and serves this machine only', () => {
    expect(readConfig({})).toEqual({
      port: 4000,
      host: '127.0.0.1',
      dataDir: 'data',
      ingestToken: undefined,
      origins: [],
      importLimitMb: 300,
      importAccess: 'own-machine',
    });
    expect(readConfig({ PORT: '', HOST: '' })).toEqual(readConfig({}));
  });

  it('[W25] is taken as it is set', () => {
    const origins = 'https://a.example/, http://b.example:8080';
    const environment = { PORT: '80', HOST: '0.0.0.0', PITBOARD_DATA: '/srv', PITBOARD_ORIGINS: origins };
    const imports = { PITBOARD_IMPORT_LIMIT_MB: '50', PITBOARD_IMPORT: 'token' };
    expect(readConfig({ ...environment, ...imports, PITBOARD_INGEST_TOKEN: 'sixteen-characters' })).toEqual({
      port: 80,
      host: '0.0.0.0',
      dataDir: '/srv',
      ingestToken: 'sixteen-characters',
      origins: ['https://a.example', 'http://b.example:8080'],
      importLimitMb: 50,
      importAccess: 'token',
    });
  });

  it.each([
    ['PORT', 'four thousand'],
    ['PORT', '70000'],
    ['PITBOARD_INGEST_TOKEN', 'short'],
    ['PITBOARD_ORIGINS', 'timing.example.org'],
    ['PITBOARD_IMPORT_LIMIT_MB', '0'],
    ['PITBOARD_IMPORT', 'anybody'],
  ])('[W25] %s=%s is refused by name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(UsageError);
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});
