import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Nothing is inlined as a data: address, because the page's security policy allows its own origin only. */
export default defineConfig({
  base: '/desk/',
  plugins: [react()],
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  server: { proxy: { '/api': process.env['LVZHI_API'] ?? 'http://127.0.0.1:3000' } },
});
