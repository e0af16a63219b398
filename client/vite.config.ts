import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Where `npm run dev` finds the server. */
const server = process.env.PITBOARD_SERVER ?? 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  // Workspaces are built from their sources.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: { outDir: 'dist', sourcemap: true, manifest: true },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/socket.io': { target: server, ws: true } },
  },
});
