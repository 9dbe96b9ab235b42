import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // The first that know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Fonts and images stay files of their own, so that nothing in a style sheet has to be a data address.
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: true,
    // What counts is what the first page loads, gzipped; a test holds that to its limit.
    chunkSizeWarningLimit: 1000,
  },
});
