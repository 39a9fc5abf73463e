import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/v1': process.env['COLLOQUY_URL'] ?? 'http://127.0.0.1:5080' } },
  build: {
    outDir: '../wwwroot/console', // served by the API from the same origin; git-ignored
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0, // no data: URIs, so CSP can stay at 'self'
    modulePreload: { polyfill: false }, // the polyfill is an extra module every target browser already has
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
          ],
        },
      },
    },
  },
  test: { environment: 'jsdom', include: ['test/**/*.test.{ts,tsx}'], setupFiles: ['test/setup.ts'], css: false },
});
