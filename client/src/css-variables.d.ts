import 'react';

// Custom properties may stand in `style`.
declare module 'react' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be extended from outside
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
