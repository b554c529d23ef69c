import react from '@vitejs/plugin-react'
import presetMantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'console',
  plugins: [react()],
  // The server puts a fresh nonce in place of this word with every page it sends.
  html: { cspNonce: '__CSP_NONCE__' },
  resolve: { alias: [{ find: /^typebox$/, replacement: '/src/lib/schema-stand-in.ts' }] },
  css: { postcss: { plugins: [presetMantine()] } },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    sourcemap: false,
    // The content security policy has no `data:` for fonts and scripts, so every asset is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
